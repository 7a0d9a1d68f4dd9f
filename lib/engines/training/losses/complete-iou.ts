import { add, div, max, min, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { unary } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/** Corners of boxes, one value for each coordinate, all of one shape and unit. */
export type Corners = { readonly x1: Value; readonly y1: Value; readonly x2: Value; readonly y2: Value };

/** Keeps divisions away from zero; the package's own value, so that numbers agree. */
const epsilon = 1e-7;

type CompleteIou = {
  /** At most 1, and below 0 for boxes that lie far apart; of the shape to which the boxes' shapes broadcast. */
  readonly iou: Value;
  /** The trade-off α of the aspect ratios, which counts as a constant when the IoU is differentiated. */
  readonly tradeOff: Value;
};

/**
 * Complete IoU: the IoU less the distance of the centres, in terms of the diagonal around both boxes, and less the difference
 * of the aspect ratios (Z. Zheng et al., “Distance-IoU Loss”, arXiv:1911.08287). Boxes [batch, M, 1] and [batch, 1, A] give the
 * IoU of each with each; what one box alone decides is computed in its own shape, which is the smaller one.
 */
export function completeIou(g: GraphBuilder, one: Corners, other: Corners): CompleteIou {
  const [first, second] = [measuresOf(g, one), measuresOf(g, other)];
  const common = mul(g, overlapOf(g, one.x1, one.x2, other), overlapOf(g, one.y1, one.y2, vertical(other)));
  const union = sub(g, add(g, add(g, first.area, epsilon), second.area), common);
  const iou = div(g, common, union);

  const across = sub(g, max(g, one.x2, other.x2), min(g, one.x1, other.x1));
  const down = sub(g, max(g, one.y2, other.y2), min(g, one.y1, other.y1));
  const diagonal = add(g, add(g, square(g, across), square(g, down)), epsilon);
  const dx = sub(g, first.x, second.x);
  const dy = sub(g, first.y, second.y);
  const distance = div(g, add(g, square(g, dx), square(g, dy)), diagonal);

  const disparity = square(g, sub(g, first.aspect, second.aspect));
  const tradeOff = div(g, disparity, add(g, sub(g, disparity, iou), 1 + epsilon));
  return { iou: sub(g, iou, add(g, distance, mul(g, disparity, tradeOff))), tradeOff };
}

/** What CIoU needs of one box: its area, its centre, and its aspect as an angle where a quarter turn is 1. */
function measuresOf(g: GraphBuilder, { x1, y1, x2, y2 }: Corners) {
  const width = sub(g, x2, x1);
  const height = add(g, sub(g, y2, y1), epsilon);
  return {
    area: mul(g, width, height),
    x: mul(g, add(g, x1, x2), 0.5),
    y: mul(g, add(g, y1, y2), 0.5),
    aspect: mul(g, unary(g, 'Atan', div(g, width, height)), 2 / Math.PI),
  };
}

/** The length that two ranges have in common. */
function overlapOf(
  g: GraphBuilder,
  start: Value,
  end: Value,
  other: { readonly x1: Value; readonly x2: Value },
): Value {
  return max(g, sub(g, min(g, end, other.x2), max(g, start, other.x1)), 0);
}

function vertical({ y1, y2 }: Corners) {
  return { x1: y1, x2: y2 };
}

function square(g: GraphBuilder, x: Value): Value {
  return mul(g, x, x);
}
