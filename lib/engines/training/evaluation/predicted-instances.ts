import { orientedBoxBounds } from '@/lib/engines/geometry/oriented-box';
import type { Box } from '@/lib/engines/geometry/shape';
import type { Head } from '@/lib/engines/model-files/model-facts';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import type { PredictedInstances } from '@/lib/engines/training/evaluation/instances';
import { type PackedMasks, packWindow } from '@/lib/engines/training/evaluation/packed-masks';
import { type Candidates, finalRows, selectEveryLabel } from '@/lib/engines/vision/candidates';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import { inputBox, inputOrientedBox, keepApart, rowExtras } from '@/lib/engines/vision/head-rows';
import { type DetectionLayout, type HeadTable, headTable } from '@/lib/engines/vision/head-table';
import { checkedPrototypes } from '@/lib/engines/vision/interpret-detections';
import { maskWindow } from '@/lib/engines/vision/masks';
import type { Thresholds } from '@/lib/engines/vision/vision-result';

/** A head whose predictions are objects. */
export type ObjectHead = Head & { readonly task: ObjectTask; readonly layout: DetectionLayout };

/** Whether predictions of the head are objects, so that they can be compared with labelled ones. */
export function isObjectHead(head: Head): head is ObjectHead {
  const isObjects = head.task === 'detect' || head.task === 'segment' || head.task === 'pose' || head.task === 'obb';
  return isObjects && head.layout in objectLayouts;
}

const objectLayouts: Readonly<Record<DetectionLayout, true>> = {
  anchors: true,
  'anchors-transposed': true,
  'anchors-objectness': true,
  rows: true,
};

/** What validation keeps of a head's output: nearly everything, so that the curves reach their ends; the package's values. */
const validationThresholds = { conf: 0.001, iou: 0.7, maxDetections: 300, agnostic: false } as const;

/**
 * The predictions of one image as validation wants them: each anchor once for every class above the threshold, in pixels of
 * the network input, best first. Rows whose class is not below `classCount` are left out. Masks lie on the grid of the
 * prototypes.
 *
 * Throws a `Fault` (`model-unreadable-output`) when the output does not have the shape the head promises.
 */
export function predictedInstances(head: ObjectHead, output: HeadOutput, classCount: number): PredictedInstances {
  const table = headTable(head, head.layout, output.main);
  const classes = Array.from({ length: classCount }, (_, classId) => classId);
  const candidates = candidatesOf(table, head, { ...validationThresholds, classes });
  const rows = Array.from(candidates.rows);
  const oriented = head.task === 'obb' ? rows.map((row) => inputOrientedBox(table, row)) : null;
  const boxes = oriented?.map(orientedBoxBounds) ?? rows.map((row) => inputBox(table, head.layout, row));
  const { keypoints } = head;
  return {
    classIds: candidates.classIds,
    scores: candidates.scores,
    boxes,
    oriented,
    keypoints:
      keypoints === null ? null : rows.map((row) => triples(rowExtras(table, row, head.extraCount), keypoints.dims)),
    masks: head.task === 'segment' ? predictedMasks(table, head, output, rows, boxes) : null,
  };
}

function candidatesOf(table: HeadTable, head: ObjectHead, thresholds: Thresholds): Candidates {
  if (head.layout === 'rows') return finalRows(table, thresholds);
  const known = thresholds.classes?.filter((classId) => classId < table.classCount) ?? null;
  return keepApart(table, selectEveryLabel(table, { ...thresholds, classes: known }), head.task === 'obb', thresholds);
}

/** Points without a third value count as visible. */
function triples(values: Float32Array, dims: 2 | 3): Float32Array {
  if (dims === 3) return values;
  return Float32Array.from({ length: (values.length / 2) * 3 }, (_, k) =>
    k % 3 === 2 ? 1 : values[Math.floor(k / 3) * 2 + (k % 3)],
  );
}

function predictedMasks(
  table: HeadTable,
  head: ObjectHead,
  output: HeadOutput,
  rows: readonly number[],
  boxes: readonly Box[],
): PackedMasks {
  const prototypes = checkedPrototypes(head, output);
  const [, height, width] = prototypes.dims;
  const { input } = output.placement;
  const scaleX = width / input.width;
  const scaleY = height / input.height;
  const masks = rows.map((row, i) => {
    const { x1, y1, x2, y2 } = boxes[i];
    const window = maskWindow({
      coefficients: rowExtras(table, row, head.extraCount),
      prototypes,
      source: { left: 0, top: 0, right: width, bottom: height },
      grid: { width, height },
      box: { x1: x1 * scaleX, y1: y1 * scaleY, x2: x2 * scaleX, y2: y2 * scaleY },
    });
    return packWindow(window, { width, height });
  });
  return { cells: width * height, masks };
}
