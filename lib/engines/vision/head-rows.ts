import { boxFromCentre } from '@/lib/engines/geometry/box';
import type { Box, OrientedBox } from '@/lib/engines/geometry/shape';
import type { Candidates } from '@/lib/engines/vision/candidates';
import type { DetectionLayout, HeadTable } from '@/lib/engines/vision/head-table';
import { type SuppressionRule, suppressOverlaps } from '@/lib/engines/vision/nms';
import { suppressRotatedOverlaps } from '@/lib/engines/vision/rotated-nms';

/** The candidates of a head that needs suppression without those that a better one of their class suppresses. */
export function keepApart(
  table: HeadTable,
  candidates: Candidates,
  isOriented: boolean,
  rule: SuppressionRule,
): Candidates {
  const kept = isOriented ? keepOriented(table, candidates, rule) : keepBoxes(table, candidates, rule);
  return {
    rows: kept.map((position) => candidates.rows[position]),
    classIds: kept.map((position) => candidates.classIds[position]),
    scores: Float32Array.from(kept, (position) => candidates.scores[position]),
  };
}

/** The box of a row in pixels of the network input: final rows hold corners, heads that need suppression centre and size. */
export function inputBox({ data, rowStep, channelStep }: HeadTable, layout: DetectionLayout, row: number): Box {
  const at = row * rowStep;
  const [a, b, c, d] = [data[at], data[at + channelStep], data[at + 2 * channelStep], data[at + 3 * channelStep]];
  return layout === 'rows' ? { x1: a, y1: b, x2: c, y2: d } : boxFromCentre(a, b, c, d);
}

/** The oriented box of a row in pixels of the network input. */
export function inputOrientedBox({ data, rowStep, channelStep, extrasAt }: HeadTable, row: number): OrientedBox {
  const at = row * rowStep;
  return {
    cx: data[at],
    cy: data[at + channelStep],
    width: data[at + 2 * channelStep],
    height: data[at + 3 * channelStep],
    angle: data[at + extrasAt * channelStep],
  };
}

/** What stands after the class scores of a row. */
export function rowExtras(
  { data, rowStep, channelStep, extrasAt }: HeadTable,
  row: number,
  count: number,
): Float32Array {
  const values = new Float32Array(count);
  for (let k = 0; k < count; k++) values[k] = data[row * rowStep + (extrasAt + k) * channelStep];
  return values;
}

function keepBoxes(table: HeadTable, candidates: Candidates, rule: SuppressionRule): Int32Array {
  const { data, rowStep, channelStep } = table;
  const boxes = new Float32Array(4 * candidates.rows.length);
  for (let i = 0; i < candidates.rows.length; i++) {
    const at = candidates.rows[i] * rowStep;
    const cx = data[at];
    const cy = data[at + channelStep];
    const halfWidth = Math.fround(data[at + 2 * channelStep] / 2);
    const halfHeight = Math.fround(data[at + 3 * channelStep] / 2);
    boxes[4 * i] = cx - halfWidth;
    boxes[4 * i + 1] = cy - halfHeight;
    boxes[4 * i + 2] = cx + halfWidth;
    boxes[4 * i + 3] = cy + halfHeight;
  }
  return suppressOverlaps(boxes, candidates.classIds, rule);
}

function keepOriented(table: HeadTable, candidates: Candidates, rule: SuppressionRule): Int32Array {
  const boxes = Array.from(candidates.rows, (row) => inputOrientedBox(table, row));
  return suppressRotatedOverlaps(boxes, candidates.classIds, rule);
}
