import { clip } from '@/lib/engines/graph/activations';
import { add, div, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { cos, exp, log, neg, sin, sqrt } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/** Oriented boxes, one value for each number, all of one shape: centre and sides in one unit, the angle in radians. */
export type OrientedColumns = {
  readonly x: Value;
  readonly y: Value;
  readonly width: Value;
  readonly height: Value;
  readonly angle: Value;
};

/** Keeps divisions and the logarithm away from zero; the package's own value, so that numbers agree. */
const epsilon = 1e-7;

/**
 * Probabilistic IoU, 0–1, of the shape to which the boxes' shapes broadcast (J. M. Llerena et al., “Gaussian Bounding Boxes and
 * Probabilistic Intersection-over-Union”, arXiv:2106.06072). The same as `pairwiseProbiou` of the heads, but that the
 * determinant of a box's own covariance is the product of its variances at any angle: no difference that could round to 0.
 * To be differentiated for boxes without an extent, it needs a floor.
 *
 * @param floor Is added to the variances along the sides of both boxes, in the square of their unit.
 */
export function probiou(g: GraphBuilder, one: OrientedColumns, other: OrientedColumns, floor = 0): Value {
  const [first, second] = [gaussianOf(g, one, floor), gaussianOf(g, other, floor)];
  const a = add(g, first.a, second.a);
  const b = add(g, first.b, second.b);
  const c = add(g, first.c, second.c);
  const dx = sub(g, one.x, other.x);
  const dy = sub(g, one.y, other.y);
  const determinant = sub(g, mul(g, a, b), square(g, c));
  const squares = mul(g, add(g, mul(g, a, square(g, dy)), mul(g, b, square(g, dx))), 0.25);
  const crossed = mul(g, mul(g, c, mul(g, dx, dy)), 0.5);
  const mahalanobis = div(g, sub(g, squares, crossed), add(g, determinant, epsilon));
  const spread = add(g, mul(g, mul(g, first.spread, second.spread), 4), epsilon);
  const logarithm = log(g, add(g, div(g, determinant, spread), epsilon));
  const bhattacharyya = clip(g, add(g, mahalanobis, mul(g, logarithm, 0.5)), epsilon, 100);
  return sub(g, 1, sqrt(g, add(g, sub(g, 1, exp(g, neg(g, bhattacharyya))), epsilon)));
}

/** The covariance [[a, c], [c, b]] of a uniform rectangle, side² / 12 along each side, and the root of its determinant. */
function gaussianOf(g: GraphBuilder, { width, height, angle }: OrientedColumns, floor: number) {
  const along = variance(g, width, floor);
  const across = variance(g, height, floor);
  const [cosine, sine] = [cos(g, angle), sin(g, angle)];
  const [cosine2, sine2] = [square(g, cosine), square(g, sine)];
  return {
    a: add(g, mul(g, along, cosine2), mul(g, across, sine2)),
    b: add(g, mul(g, along, sine2), mul(g, across, cosine2)),
    c: mul(g, mul(g, sub(g, along, across), cosine), sine),
    spread: sqrt(g, mul(g, along, across)),
  };
}

function variance(g: GraphBuilder, side: Value, floor: number): Value {
  const uniform = div(g, square(g, side), 12);
  return floor === 0 ? uniform : add(g, uniform, floor);
}

function square(g: GraphBuilder, x: Value): Value {
  return mul(g, x, x);
}
