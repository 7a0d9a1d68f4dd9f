import type { Size } from '@/lib/engines/geometry/shape';
import { reshape, transpose, unsqueeze } from '@/lib/engines/graph/arrangement';
import { constant } from '@/lib/engines/graph/constants';
import { add, div, equal, greater, greaterOrEqual, less, max, mul, sub, where } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { matmul } from '@/lib/engines/graph/matmul';
import { reduceSum } from '@/lib/engines/graph/reduce';
import { rangeOfAxis } from '@/lib/engines/graph/runtime-shape';
import { topK } from '@/lib/engines/graph/selection';
import { cast } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { columnsOf } from '@/lib/engines/training/losses/columns-of';
import { logitCrossEntropy } from '@/lib/engines/training/losses/logit-cross-entropy';
import { oneHot, ordinals } from '@/lib/engines/training/losses/ordinals';
import { type Assignment, chosen } from '@/lib/engines/training/losses/task-aligned-assignment';

type AssignedMasks = {
  /** Mask coefficients [batch, masks, anchors]. */
  readonly coefficients: Value;
  /** [batch, masks, height, width]. */
  readonly prototypes: Value;
  /** int32 [batch, height, width], 1 + the column of the object at a cell. */
  readonly labels: Value;
  readonly assignment: Assignment;
  /** The box of each anchor's object in pixels, [batch, 4, anchors] as x1, y1, x2, y2. */
  readonly boxes: Value;
  readonly image: Size;
};

/** Cells of all masks of a batch that are computed with at once: 32 MB for each of the few values of this size. */
const cellBudget = 2 ** 23;
const [fewestMasks, mostMasks] = [16, 64] as const;

/**
 * How many anchors of each image a mask is computed for, given the cells of a mask. The package computes all assigned anchors,
 * ten for each object; a graph has a fixed number of places.
 */
export function masksPerImage(batch: number, cells: number, anchors: number): number {
  const affordable = Math.floor(cellBudget / (batch * cells));
  return Math.min(anchors, Math.max(fewestMasks, Math.min(mostMasks, affordable)));
}

/**
 * The mean over assigned anchors of the binary cross-entropy of the mask, coefficients × prototypes, with the object's mask,
 * summed over the cells in the object's box and divided by the box's area (D. Bolya et al., “YOLACT”, arXiv:1904.02689, as
 * YOLOv8 computes it): one number. Of each image the `masksPerImage` anchors that are best in terms of their own object are
 * taken, so that the best anchor of every object is among them before the second of any.
 */
export function maskLoss(
  g: GraphBuilder,
  { coefficients, prototypes, labels, assignment, boxes, image }: AssignedMasks,
): Value {
  const [batch, count, height, width] = prototypes.shape.map(Number);
  const cells = height * width;
  const { isMask, pick } = bestAnchors(g, assignment.ranks, masksPerImage(batch, cells, Number(coefficients.shape[2])));
  const numbers = unsqueeze(g, add(g, cast(g, rangeOfAxis(g, assignment.claims, 1), 'float32'), 1), [0, 1]);
  const isObject = equal(
    g,
    reshape(g, cast(g, labels, 'float32'), [batch, 1, cells]),
    pick(chosen(g, numbers, assignment.claims)),
  );
  const logits = matmul(g, pick(coefficients), reshape(g, prototypes, [batch, count, cells]));
  const losses = logitCrossEntropy(g, logits, cast(g, isObject, 'float32'));
  const perMask = reshape(g, losses, [batch, Number(isMask.shape[1]), height, width]);

  const corners = mul(g, pick(boxes), cellsPerPixel(g, image, { width, height }));
  const { sum, area } = boxSum(g, perMask, corners);
  // The box of a place that is left over has no area.
  const means = mul(g, div(g, sum, add(g, area, sub(g, 1, isMask))), isMask);
  return div(g, reduceSum(g, means, [0, 1, 2]), max(g, reduceSum(g, isMask, [0, 1, 2]), 1));
}

/** The anchors of the highest rank: `isMask` [batch, count, 1] is 0 for places left over, where no more anchors learn. */
function bestAnchors(g: GraphBuilder, ranks: Value, count: number) {
  const [batch, , anchors] = ranks.shape.map(Number);
  const { values, indices } = topK(g, reshape(g, ranks, [batch, anchors]), count, 1);
  const picks = oneHot(g, indices, anchors);
  return {
    isMask: cast(g, greater(g, unsqueeze(g, values, [2]), 0), 'float32'),
    /** What is known of anchors [batch, n, anchors], of these: [batch, count, n]. */
    pick: (ofAnchors: Value) => matmul(g, picks, transpose(g, ofAnchors, [0, 2, 1])),
  };
}

/** Of maps [batch, count, height, width] the sum within the box of each, and the box's area: both [batch, count, 1]. */
function boxSum(g: GraphBuilder, maps: Value, corners: Value): { readonly sum: Value; readonly area: Value } {
  const [batch, count, height, width] = maps.shape.map(Number);
  const [x1, y1, x2, y2] = columnsOf(g, corners, 2);
  const columns = unsqueeze(g, within(g, ordinals(g, [1, 1, width]), x1, x2), [3]);
  const rows = unsqueeze(g, within(g, ordinals(g, [1, 1, height]), y1, y2), [2]);
  // Products by rows and columns of zeros and ones pass over the maps once, and so do their gradients.
  const sum = matmul(g, rows, matmul(g, maps, columns));
  return { sum: reshape(g, sum, [batch, count, 1]), area: mul(g, sub(g, x2, x1), sub(g, y2, y1)) };
}

/** 1 for positions from `start` to before `end`, else 0. */
function within(g: GraphBuilder, positions: Value, start: Value, end: Value): Value {
  return where(g, less(g, positions, end), cast(g, greaterOrEqual(g, positions, start), 'float32'), 0);
}

function cellsPerPixel(g: GraphBuilder, image: Size, grid: Size): Value {
  const [x, y] = [grid.width / image.width, grid.height / image.height];
  return constant(g, 'float32', [1, 1, 4], [x, y, x, y]);
}
