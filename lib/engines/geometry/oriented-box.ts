import { assert } from '@/lib/core/assert';
import { convexHull } from '@/lib/engines/geometry/polygon';
import type { Box, ImagePoint, OrientedBox } from '@/lib/engines/geometry/shape';

type Corners = readonly [ImagePoint, ImagePoint, ImagePoint, ImagePoint];

/** Second moments of the Gaussian that stands for an oriented box: [[a, c], [c, b]]. */
type Covariance = { readonly a: number; readonly b: number; readonly c: number };

/** Keeps divisions and the logarithm of `probiou` away from zero; the package's own value, so that numbers agree. */
const epsilon = 1e-7;

/**
 * The corners of an oriented box: centre + w/2 + h/2 first, then + w/2 − h/2, − w/2 − h/2, − w/2 + h/2, where w and h are the
 * vectors of its sides. This is the order of the package's `xyxyxyxy`.
 */
export function orientedBoxCorners({ cx, cy, width, height, angle }: OrientedBox): Corners {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const wx = (width / 2) * cos;
  const wy = (width / 2) * sin;
  const hx = (-height / 2) * sin;
  const hy = (height / 2) * cos;
  return [
    { x: cx + wx + hx, y: cy + wy + hy },
    { x: cx + wx - hx, y: cy + wy - hy },
    { x: cx - wx - hx, y: cy - wy - hy },
    { x: cx - wx + hx, y: cy - wy + hy },
  ];
}

/** The axis-aligned bounds of the corners; not clipped to any image. */
export function orientedBoxBounds(box: OrientedBox): Box {
  const corners = orientedBoxCorners(box);
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  return { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) };
}

/**
 * The smallest rectangle of any angle around at least one point, with `width` the longer side and the angle in
 * [−π/4, 3π/4). One side of it lies on an edge of the convex hull (H. Freeman and R. Shapira, “Determining the
 * minimum-area encasing rectangle for an arbitrary closed curve”, 1975). The points are flat x, y pairs.
 */
export function minimumAreaRectangle(points: ArrayLike<number>): OrientedBox {
  assert(points.length >= 2 && points.length % 2 === 0, 'a rectangle encloses at least one x, y pair');
  const hull = convexHull(points);
  let best = encasingRectangle(hull, 0);
  for (let i = 0; i < hull.length / 2; i++) {
    const next = (i + 1) % (hull.length / 2);
    const direction = Math.atan2(hull[2 * next + 1] - hull[2 * i + 1], hull[2 * next] - hull[2 * i]);
    const candidate = encasingRectangle(hull, direction);
    if (candidate.width * candidate.height < best.width * best.height) best = candidate;
  }
  return withLongerWidth(best);
}

/** The same rectangle with its angle in [0, π/2): sides are swapped where needed, as the package's `regularize_rboxes`. */
export function regularizeOrientedBox(box: OrientedBox): OrientedBox {
  const turned = modulo(box.angle, Math.PI);
  if (turned < Math.PI / 2) return { ...box, angle: turned };
  return { ...box, width: box.height, height: box.width, angle: turned - Math.PI / 2 };
}

/**
 * Probabilistic IoU of two oriented boxes, 0–1: one minus the Hellinger distance of the Gaussians with the boxes' centres
 * and covariances (J. M. Llerena et al., “Gaussian Bounding Boxes and Probabilistic Intersection-over-Union”, arXiv:2106.06072).
 */
export function probiou(one: OrientedBox, other: OrientedBox): number {
  return probiouOfGaussians(one, covariance(one), other, covariance(other));
}

/** The covariance of a uniform rectangle: side² / 12 along each side, turned by the angle. */
export function covariance({ width, height, angle }: OrientedBox): Covariance {
  const along = width ** 2 / 12;
  const across = height ** 2 / 12;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return {
    a: along * cos ** 2 + across * sin ** 2,
    b: along * sin ** 2 + across * cos ** 2,
    c: (along - across) * cos * sin,
  };
}

/** `probiou` for callers who compare one box with many and have the covariances already. Only the centres are read of the boxes. */
export function probiouOfGaussians(
  one: { readonly cx: number; readonly cy: number },
  first: Covariance,
  other: { readonly cx: number; readonly cy: number },
  second: Covariance,
): number {
  const a = first.a + second.a;
  const b = first.b + second.b;
  const c = first.c + second.c;
  const dx = one.cx - other.cx;
  const dy = one.cy - other.cy;
  const determinant = a * b - c ** 2;
  const mahalanobis = (0.25 * (a * dy ** 2 + b * dx ** 2) - 0.5 * c * dx * dy) / (determinant + epsilon);
  const spread = 4 * Math.sqrt(ownDeterminant(first) * ownDeterminant(second)) + epsilon;
  const distance = mahalanobis + 0.5 * Math.log(determinant / spread + epsilon);
  const bhattacharyya = Math.min(Math.max(distance, epsilon), 100);
  return 1 - Math.sqrt(1 - Math.exp(-bhattacharyya) + epsilon);
}

function ownDeterminant({ a, b, c }: Covariance): number {
  return Math.max(0, a * b - c ** 2);
}

function encasingRectangle(hull: Float64Array, angle: number): OrientedBox {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < hull.length; k += 2) {
    const along = hull[k] * cos + hull[k + 1] * sin;
    const across = hull[k + 1] * cos - hull[k] * sin;
    left = Math.min(left, along);
    right = Math.max(right, along);
    top = Math.min(top, across);
    bottom = Math.max(bottom, across);
  }
  const along = (left + right) / 2;
  const across = (top + bottom) / 2;
  return {
    cx: along * cos - across * sin,
    cy: along * sin + across * cos,
    width: right - left,
    height: bottom - top,
    angle,
  };
}

function withLongerWidth(box: OrientedBox): OrientedBox {
  const long =
    box.width >= box.height ? box : { ...box, width: box.height, height: box.width, angle: box.angle + Math.PI / 2 };
  return { ...long, angle: modulo(long.angle + Math.PI / 4, Math.PI) - Math.PI / 4 };
}

function modulo(value: number, divisor: number): number {
  return value - Math.floor(value / divisor) * divisor;
}
