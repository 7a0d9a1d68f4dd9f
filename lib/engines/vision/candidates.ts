import { assert } from '@/lib/core/assert';
import type { HeadTable } from '@/lib/engines/vision/head-table';
import type { Thresholds } from '@/lib/engines/vision/vision-result';

/** Detections before suppression, best first; parallel arrays, so that thousands cost no objects. */
export type Candidates = {
  /** Row of the head table. */
  readonly rows: Int32Array;
  readonly classIds: Int32Array;
  readonly scores: Float32Array;
};

/** The package's `max_nms`: only so many of the best go into suppression, whose time grows with their square. */
export const maxCandidates = 30_000;

/** Positions must fit beside 31 score bits into the 53 exact bits of a sort key. */
const maxSortable = 2 ** 22;

/**
 * The rows of a head that needs NMS whose score exceeds `conf`, sorted by score (ties by row), at most `maxCandidates`.
 * `best` gives every row its best class only, as predictions are made; `every` gives each class above the threshold a
 * candidate of its own, as validation counts them. With objectness the score is objectness × class score, in single precision.
 */
export function selectCandidates(
  table: HeadTable,
  thresholds: Pick<Thresholds, 'conf' | 'classes'>,
  labels: 'best' | 'every' = 'best',
): Candidates {
  const wanted = wantedClasses(table.classCount, thresholds.classes);
  const floor = Math.max(0, Math.fround(thresholds.conf));
  const found = labels === 'best' ? bestClasses(table, floor, wanted) : everyClass(table, floor, wanted);
  return bestFirst(found);
}

/** What an end-to-end head already decided: its rows above `conf` in file order, cut to `maxDetections`, then class-filtered. */
export function finalRows(
  table: HeadTable,
  { conf, maxDetections, classes }: Pick<Thresholds, 'conf' | 'maxDetections' | 'classes'>,
): Candidates {
  const floor = Math.fround(conf);
  const wanted = classes === null ? null : new Set(classes);
  const rows: number[] = [];
  let above = 0;
  for (let row = 0; row < table.rows && above < maxDetections; row++) {
    const at = row * table.rowStep;
    if (!(table.data[at + table.scoresAt * table.channelStep] > floor)) continue;
    above++;
    const classId = Math.trunc(table.data[at + (table.scoresAt + 1) * table.channelStep]);
    if (wanted === null || wanted.has(classId)) rows.push(row);
  }
  const value = (row: number, channel: number) => table.data[row * table.rowStep + channel * table.channelStep];
  return {
    rows: new Int32Array(rows),
    scores: Float32Array.from(rows, (row) => value(row, table.scoresAt)),
    classIds: Int32Array.from(rows, (row) => value(row, table.scoresAt + 1)),
  };
}

function wantedClasses(classCount: number, classes: readonly number[] | null): Uint8Array {
  const wanted = new Uint8Array(classCount).fill(classes === null ? 1 : 0);
  for (const classId of classes ?? []) wanted[classId] = 1;
  return wanted;
}

function bestClasses(table: HeadTable, floor: number, wanted: Uint8Array): Candidates {
  const best = new Float32Array(table.rows).fill(floor);
  const label = new Int32Array(table.rows).fill(-1);
  if (table.rowStep === 1) sweepChannels(table, floor, best, label);
  else sweepRows(table, floor, best, label);

  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    if (label[row] >= 0 && wanted[label[row]] === 1) count++;
  }
  const found = { rows: new Int32Array(count), classIds: new Int32Array(count), scores: new Float32Array(count) };
  for (let row = 0, i = 0; i < count; row++) {
    if (label[row] < 0 || wanted[label[row]] !== 1) continue;
    found.rows[i] = row;
    found.classIds[i] = label[row];
    found.scores[i] = best[row];
    i++;
  }
  return found;
}

/**
 * Channel-major data: one pass per class over consecutive memory, instead of a jump of thousands of values per class. Nearly
 * every score is below the floor, and is told so by its bits: floats that are not negative order as integers do, and
 * integers need no widening to double precision. What passes is compared as the float it is.
 */
function sweepChannels(
  { data, rows, channelStep, scoresAt, classCount }: HeadTable,
  floor: number,
  best: Float32Array,
  label: Int32Array,
) {
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  const floorBits = new Int32Array(Float32Array.of(floor).buffer)[0];
  for (let classId = 0; classId < classCount; classId++) {
    const start = (scoresAt + classId) * channelStep;
    for (let row = 0; row < rows; row++) {
      if (bits[start + row] <= floorBits) continue;
      const score = data[start + row];
      if (score > best[row]) {
        best[row] = score;
        label[row] = classId;
      }
    }
  }
}

/** Row-major data. With objectness, a class score being at most 1, a low objectness settles a row. */
function sweepRows(table: HeadTable, floor: number, best: Float32Array, label: Int32Array) {
  const { data, rows, rowStep, scoresAt, classCount, objectnessAt } = table;
  for (let row = 0; row < rows; row++) {
    const objectness = objectnessAt === null ? 1 : data[row * rowStep + objectnessAt];
    if (!(objectness > floor)) continue;
    const at = row * rowStep + scoresAt;
    for (let classId = 0; classId < classCount; classId++) {
      const score = Math.fround(objectness * data[at + classId]);
      if (score > best[row]) {
        best[row] = score;
        label[row] = classId;
      }
    }
  }
}

function everyClass(table: HeadTable, floor: number, wanted: Uint8Array): Candidates {
  const { data, rowStep, channelStep, scoresAt, objectnessAt, classCount } = table;
  const rows: number[] = [];
  const classIds: number[] = [];
  const scores: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    const objectness = objectnessAt === null ? 1 : data[row * rowStep + objectnessAt * channelStep];
    for (let classId = 0; classId < classCount; classId++) {
      const score = Math.fround(objectness * data[row * rowStep + (scoresAt + classId) * channelStep]);
      if (!(score > floor) || wanted[classId] !== 1) continue;
      rows.push(row);
      classIds.push(classId);
      scores.push(score);
    }
  }
  return { rows: new Int32Array(rows), classIds: new Int32Array(classIds), scores: new Float32Array(scores) };
}

/**
 * Sorts by score, ties by position, through one native sort of numbers: the bits of a positive float order as the float
 * does, so score bits (inverted, for descending order) and position share one exact integer. Ten times a comparator's speed.
 */
function bestFirst({ rows, classIds, scores }: Candidates): Candidates {
  const count = scores.length;
  assert(count <= maxSortable, 'fewer candidates than a sort key can number');
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, count);
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) keys[i] = (0x7fffffff - bits[i]) * maxSortable + i;
  keys.sort();

  const kept = Math.min(count, maxCandidates);
  const sorted = { rows: new Int32Array(kept), classIds: new Int32Array(kept), scores: new Float32Array(kept) };
  for (let i = 0; i < kept; i++) {
    const position = keys[i] - Math.floor(keys[i] / maxSortable) * maxSortable;
    sorted.rows[i] = rows[position];
    sorted.classIds[i] = classIds[position];
    sorted.scores[i] = scores[position];
  }
  return sorted;
}
