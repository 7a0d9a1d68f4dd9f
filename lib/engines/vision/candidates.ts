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
const maxCandidates = 30_000;

/** Positions must fit beside 31 score bits into the 53 exact bits of a sort key. */
const maxSortable = 2 ** 22;

/** The best class of every row and its score; −1 where none exceeds the floor they were searched with. */
export type RowBests = { readonly scores: Float32Array; readonly labels: Int32Array };

/**
 * The rows of a head that needs NMS whose score exceeds `conf`, sorted by score (ties by row), at most `maxCandidates`: each
 * with its best class only, as predictions are made. With objectness the score is objectness × class score, in single
 * precision. `bests`, from `rowBests` of the same table, saves the pass over all scores when only thresholds changed.
 */
export function selectCandidates(
  table: HeadTable,
  { conf, classes }: Pick<Thresholds, 'conf' | 'classes'>,
  bests: RowBests | null = null,
): Candidates {
  const floor = scoreFloor(conf);
  return bestFirst(bestClasses(bests ?? rowBests(table, floor), floor, wantedClasses(table.classCount, classes)));
}

/** The same with a candidate for each class above the threshold, as validation counts them (the package's `multi_label`). */
export function selectEveryLabel(
  table: HeadTable,
  { conf, classes }: Pick<Thresholds, 'conf' | 'classes'>,
): Candidates {
  return bestFirst(everyClass(table, scoreFloor(conf), wantedClasses(table.classCount, classes)));
}

/** Best class of every row with a score above `floor` (0 for all that any threshold could ask for). */
export function rowBests(table: HeadTable, floor = 0): RowBests {
  const bests = {
    scores: new Float32Array(table.rows).fill(floor),
    labels: new Int32Array(table.rows).fill(-1),
  };
  if (table.rowStep === 1) sweepChannels(table, floor, bests);
  else sweepRows(table, floor, bests);
  return bests;
}

function scoreFloor(conf: number): number {
  return Math.max(0, Math.fround(conf));
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

function bestClasses({ scores, labels }: RowBests, floor: number, wanted: Uint8Array): Candidates {
  const isCandidate = (row: number) => labels[row] >= 0 && wanted[labels[row]] === 1 && scores[row] > floor;
  let count = 0;
  for (let row = 0; row < labels.length; row++) {
    if (isCandidate(row)) count++;
  }
  const found = { rows: new Int32Array(count), classIds: new Int32Array(count), scores: new Float32Array(count) };
  for (let row = 0, i = 0; i < count; row++) {
    if (!isCandidate(row)) continue;
    found.rows[i] = row;
    found.classIds[i] = labels[row];
    found.scores[i] = scores[row];
    i++;
  }
  return found;
}

/** Bits of the single-precision infinity; those of NaN are greater. */
const infinityBits = 0x7f800000;

/**
 * Channel-major data: one pass per class over consecutive memory, instead of a jump of thousands of values per class. Scores
 * are compared by their bits: floats that are not negative order as integers do, negative ones are negative integers too,
 * and integers need no widening to double precision. NaN, as in the package, exceeds nothing.
 */
function sweepChannels(
  { data, rows, channelStep, scoresAt, classCount }: HeadTable,
  floor: number,
  { scores, labels }: RowBests,
): void {
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  const [floorBits] = new Int32Array(Float32Array.of(floor).buffer);
  const best = new Int32Array(scores.buffer).fill(floorBits);
  for (let classId = 0; classId < classCount; classId++) {
    const start = (scoresAt + classId) * channelStep;
    const raise = (row: number) => {
      const score = bits[start + row];
      if (!(score > best[row] && score <= infinityBits)) return;
      best[row] = score;
      labels[row] = classId;
    };
    let row = 0;
    for (const lastFour = rows - 3; row < lastFour; row += 4) {
      const at = start + row;
      // Nearly all scores end here, four by one branch, before the best of their rows so far are even loaded.
      const isBelow =
        bits[at] <= floorBits && bits[at + 1] <= floorBits && bits[at + 2] <= floorBits && bits[at + 3] <= floorBits;
      if (isBelow) continue;
      for (let i = 0; i < 4; i++) raise(row + i);
    }
    for (; row < rows; row++) raise(row);
  }
}

/** Row-major data. With objectness, a class score being at most 1, a low objectness settles a row. */
function sweepRows(table: HeadTable, floor: number, { scores, labels }: RowBests): void {
  const { data, rows, rowStep, scoresAt, classCount, objectnessAt } = table;
  for (let row = 0; row < rows; row++) {
    const objectness = objectnessAt === null ? 1 : data[row * rowStep + objectnessAt];
    if (!(objectness > floor)) continue;
    const at = row * rowStep + scoresAt;
    for (let classId = 0; classId < classCount; classId++) {
      const score = Math.fround(objectness * data[at + classId]);
      if (score > scores[row]) {
        scores[row] = score;
        labels[row] = classId;
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
