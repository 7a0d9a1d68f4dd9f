import { clip } from '@/lib/engines/graph/activations';
import { transpose } from '@/lib/engines/graph/arrangement';
import { add, div, max, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { cos, exp, log, neg, sin, sqrt } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/** Oriented boxes as columns [batch, K, 1] in float32: centre, sides, and angle in radians. */
export type OrientedColumns = {
  readonly x: Value;
  readonly y: Value;
  readonly width: Value;
  readonly height: Value;
  readonly angle: Value;
};

/** Second moments of the Gaussians that stand for the boxes: [[a, c], [c, b]]. */
type Covariances = { readonly a: Value; readonly b: Value; readonly c: Value };

/** Keeps divisions and the logarithm away from zero; the package's own value, so that numbers agree. */
const epsilon = 1e-7;

/**
 * Probabilistic IoU of every box with every other, [batch, K, K], 0–1 (J. M. Llerena et al., “Gaussian Bounding Boxes and
 * Probabilistic Intersection-over-Union”, arXiv:2106.06072). The same formula as `probiou` of the geometry engine.
 */
export function pairwiseProbiou(g: GraphBuilder, boxes: OrientedColumns): Value {
  const own = covariances(g, boxes);
  const turned = (column: Value) => transpose(g, column, [0, 2, 1]);
  const withOthers = (column: Value) => add(g, column, turned(column));
  const a = withOthers(own.a);
  const b = withOthers(own.b);
  const c = withOthers(own.c);
  const dx = sub(g, boxes.x, turned(boxes.x));
  const dy = sub(g, boxes.y, turned(boxes.y));

  const determinant = determinantOf(g, { a, b, c });
  const squares = mul(g, add(g, mul(g, a, square(g, dy)), mul(g, b, square(g, dx))), 0.25);
  const crossed = mul(g, mul(g, c, mul(g, dx, dy)), 0.5);
  const mahalanobis = div(g, sub(g, squares, crossed), add(g, determinant, epsilon));

  const ownDeterminant = max(g, determinantOf(g, own), 0);
  const product = mul(g, ownDeterminant, turned(ownDeterminant));
  const spread = add(g, mul(g, sqrt(g, product), 4), epsilon);
  const logarithm = log(g, add(g, div(g, determinant, spread), epsilon));
  const bhattacharyya = clip(g, add(g, mahalanobis, mul(g, logarithm, 0.5)), epsilon, 100);
  const hellinger = sqrt(g, add(g, sub(g, 1, exp(g, neg(g, bhattacharyya))), epsilon));
  return sub(g, 1, hellinger);
}

/** Of a uniform rectangle: side² / 12 along each side, turned by the angle. */
function covariances(g: GraphBuilder, { width, height, angle }: OrientedColumns): Covariances {
  const along = div(g, square(g, width), 12);
  const across = div(g, square(g, height), 12);
  const cosine = cos(g, angle);
  const sine = sin(g, angle);
  const [cosine2, sine2] = [square(g, cosine), square(g, sine)];
  return {
    a: add(g, mul(g, along, cosine2), mul(g, across, sine2)),
    b: add(g, mul(g, along, sine2), mul(g, across, cosine2)),
    c: mul(g, mul(g, sub(g, along, across), cosine), sine),
  };
}

function determinantOf(g: GraphBuilder, { a, b, c }: Covariances): Value {
  return sub(g, mul(g, a, b), square(g, c));
}

function square(g: GraphBuilder, x: Value): Value {
  return mul(g, x, x);
}
