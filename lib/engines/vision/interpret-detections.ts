import { orientedBoxBounds } from '@/lib/engines/geometry/oriented-box';
import type { Keypoint, OrientedBox } from '@/lib/engines/geometry/shape';
import type { Head, ModelSpec } from '@/lib/engines/model-files/model-facts';
import { type Candidates, finalRows, type RowBests, rowBests, selectCandidates } from '@/lib/engines/vision/candidates';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import { inputBox, inputOrientedBox, keepApart, rowExtras } from '@/lib/engines/vision/head-rows';
import { type DetectionLayout, type HeadTable, headTable, unreadableOutput } from '@/lib/engines/vision/head-table';
import {
  boxToImage,
  clippedPointToImage,
  type LetterboxInverse,
  lengthToImage,
  letterboxInverse,
  pointToImage,
} from '@/lib/engines/vision/letterbox-inverse';
import { instanceMask, type MaskGrid, type Prototypes } from '@/lib/engines/vision/masks';
import type {
  Detection,
  DetectionTask,
  InstanceMask,
  Thresholds,
  VisionResult,
} from '@/lib/engines/vision/vision-result';

export type DetectionHead = Head & { readonly task: DetectionTask; readonly layout: DetectionLayout };

/** Where masks are made, and what is remembered from before. */
export type Recall = {
  readonly maskGrid: MaskGrid;
  /** The best class of every row when somebody remembers it, or null: then only what the threshold needs is worked out. */
  readonly bests: (compute: () => RowBests) => RowBests | null;
  readonly mask: (row: number, compute: () => InstanceMask | null) => InstanceMask | null;
};

/** More classes than any published network has; a higher number in a row means that the row is not read as it was written. */
const maxClasses = 65_536;

/** Detections of a head of boxes, in image pixels: decoded, thresholded, suppressed where the head does not do so itself. */
export function interpretDetections(
  spec: ModelSpec,
  head: DetectionHead,
  output: HeadOutput,
  thresholds: Thresholds,
  recall: Recall,
): Extract<VisionResult, { task: DetectionTask }> {
  const table = headTable(head, head.layout, output.main);
  const prototypes = head.task === 'segment' ? checkedPrototypes(head, output) : null;
  const candidates = chosenRows(table, head, thresholds, recall);
  const inverse = letterboxInverse(output.placement.input, output.placement.image);

  const detections: Detection[] = [];
  for (let i = 0; i < candidates.rows.length; i++) {
    const row = candidates.rows[i];
    const box = head.task === 'obb' ? null : inputBox(table, head.layout, row);
    const oriented = head.task === 'obb' ? orientedToImage(inputOrientedBox(table, row), inverse) : null;
    const mask =
      prototypes === null || box === null
        ? null
        : recall.mask(row, () =>
            instanceMask(rowExtras(table, row, head.extraCount), prototypes, box, output.placement, recall.maskGrid),
          );
    if (prototypes !== null && mask === null) continue;
    detections.push({
      index: row,
      classId: candidates.classIds[i],
      score: candidates.scores[i],
      box: oriented ? orientedBoxBounds(oriented) : boxToImage(inputBox(table, head.layout, row), inverse),
      oriented,
      mask,
      keypoints: head.keypoints === null ? null : keypoints(table, row, head.keypoints, inverse),
    });
  }
  return {
    task: head.task,
    image: output.placement.image,
    names: namesUpTo(spec.names, Math.max(table.classCount, ...detections.map(({ classId }) => classId + 1))),
    detections,
  };
}

/** The names by index, with class7-like ones added where the file names fewer classes than the network answers. */
export function namesUpTo(names: readonly string[], count: number): readonly string[] {
  if (count <= names.length) return names;
  return Array.from({ length: count }, (_, classId) => names[classId] ?? `class${classId}`);
}

function chosenRows(table: HeadTable, head: DetectionHead, thresholds: Thresholds, recall: Recall): Candidates {
  if (head.layout === 'rows') return checkedClasses(finalRows(table, thresholds));
  const candidates = selectCandidates(
    table,
    thresholds,
    recall.bests(() => rowBests(table)),
  );
  return keepApart(table, candidates, head.task === 'obb', thresholds);
}

function checkedClasses(candidates: Candidates): Candidates {
  const odd = candidates.classIds.find((classId) => classId < 0 || classId >= maxClasses);
  if (odd === undefined) return candidates;
  throw unreadableOutput(`class indices below ${maxClasses} in the sixth column, where ${odd} was found,`, [
    candidates.rows.length,
  ]);
}

function orientedToImage(box: OrientedBox, inverse: LetterboxInverse): OrientedBox {
  const centre = pointToImage(box.cx, box.cy, inverse);
  return {
    cx: centre.x,
    cy: centre.y,
    width: lengthToImage(box.width, inverse),
    height: lengthToImage(box.height, inverse),
    angle: box.angle,
  };
}

function keypoints(
  table: HeadTable,
  row: number,
  { count, dims }: { readonly count: number; readonly dims: 2 | 3 },
  inverse: LetterboxInverse,
): Keypoint[] {
  const values = rowExtras(table, row, count * dims);
  return Array.from({ length: count }, (_, k) => ({
    ...clippedPointToImage(values[k * dims], values[k * dims + 1], inverse),
    visibility: dims === 3 ? values[k * dims + 2] : null,
  }));
}

/** The prototypes of a segment head's output, or a `Fault` (`model-unreadable-output`) where they do not fit the head. */
export function checkedPrototypes(head: Head, { prototypes, main }: HeadOutput): Prototypes {
  const expected = `mask prototypes [${head.extraCount}, height, width] beside its rows`;
  if (prototypes === null) throw unreadableOutput(expected, main.dims);
  if (prototypes.dims.length !== 3 || prototypes.dims[0] !== head.extraCount) {
    throw unreadableOutput(expected, prototypes.dims);
  }
  return prototypes;
}
