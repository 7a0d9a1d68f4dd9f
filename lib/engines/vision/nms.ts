/** How many pixels the package moves the boxes of each class apart, so that classes never suppress each other. */
const classOffset = 7680;

export type SuppressionRule = {
  /** A box goes when its IoU with a better kept one exceeds this. */
  readonly iou: number;
  readonly maxDetections: number;
  /** Suppress across classes. */
  readonly agnostic: boolean;
};

/**
 * Greedy non-maximum suppression in single precision: walks the boxes best first and keeps each one that overlaps no kept
 * box of its class by more than `iou`. Overlap is inter / (area + area − inter); boxes without area overlap nothing.
 *
 * @param boxes x1 y1 x2 y2 per box, best first (pixels of the network input).
 * @param classIds One per box.
 * @returns Positions of the kept boxes, at most `maxDetections`, in order.
 */
export function suppressOverlaps(boxes: Float32Array, classIds: Int32Array, rule: SuppressionRule): Int32Array {
  const count = classIds.length;
  const shifted = shiftedByClass(boxes, classIds, rule.agnostic);
  const areas = boxAreas(shifted, count);
  const chainOf = chainsOfClasses(boxes, classIds, rule.agnostic);
  const threshold = Math.fround(rule.iou);

  const limit = Math.min(count, rule.maxDetections);
  const kept = new Int32Array(limit);
  const previousInChain = new Int32Array(limit);
  const lastOfChain = new Map<number, number>();
  let keptCount = 0;
  for (let i = 0; i < count && keptCount < limit; i++) {
    const chain = chainOf(i);
    const last = lastOfChain.get(chain) ?? -1;
    let rival = last;
    while (rival >= 0 && !(overlap(shifted, areas, kept[rival], i) > threshold)) rival = previousInChain[rival];
    if (rival >= 0) continue;
    kept[keptCount] = i;
    previousInChain[keptCount] = last;
    lastOfChain.set(chain, keptCount);
    keptCount++;
  }
  return kept.subarray(0, keptCount);
}

/** The offset is added even where classes are compared apart, because in single precision it rounds the coordinates. */
function shiftedByClass(boxes: Float32Array, classIds: Int32Array, agnostic: boolean): Float32Array {
  if (agnostic) return boxes;
  const shifted = new Float32Array(boxes.length);
  for (let k = 0; k < boxes.length; k++) shifted[k] = boxes[k] + classIds[k >> 2] * classOffset;
  return shifted;
}

function boxAreas(boxes: Float32Array, count: number): Float32Array {
  const areas = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    areas[i] = Math.fround(boxes[4 * i + 2] - boxes[4 * i]) * Math.fround(boxes[4 * i + 3] - boxes[4 * i + 1]);
  }
  return areas;
}

/**
 * Which kept boxes a box must be compared with: those of its class, as long as the offset really keeps classes apart;
 * all of them otherwise (a network may answer boxes wider than the offset).
 */
function chainsOfClasses(boxes: Float32Array, classIds: Int32Array, agnostic: boolean): (i: number) => number {
  if (agnostic || extent(boxes) >= classOffset) return () => 0;
  return (i) => classIds[i];
}

function extent(boxes: Float32Array): number {
  let least = 0;
  let most = 0;
  for (let k = 0; k < boxes.length; k++) {
    if (boxes[k] < least) least = boxes[k];
    if (boxes[k] > most) most = boxes[k];
  }
  return most - least;
}

function overlap(boxes: Float32Array, areas: Float32Array, one: number, other: number): number {
  const a = 4 * one;
  const b = 4 * other;
  const width = Math.fround(Math.min(boxes[a + 2], boxes[b + 2]) - Math.max(boxes[a], boxes[b]));
  if (!(width > 0)) return 0;
  const height = Math.fround(Math.min(boxes[a + 3], boxes[b + 3]) - Math.max(boxes[a + 1], boxes[b + 1]));
  if (!(height > 0)) return 0;
  const intersection = Math.fround(width * height);
  return Math.fround(intersection / Math.fround(Math.fround(areas[one] + areas[other]) - intersection));
}
