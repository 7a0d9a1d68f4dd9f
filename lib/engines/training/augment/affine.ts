/** An affine map of the plane: x ↦ a·x + b·y + c, y ↦ d·x + e·y + f. */
export type Affine = {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
};

/** Scales along the axes, then shifts. */
export function scaling(x: number, y: number, left = 0, top = 0): Affine {
  return { a: x, b: 0, c: left, d: 0, e: y, f: top };
}

/** First the last map, then the one before it, as products of matrices read. */
export function composed(...maps: readonly Affine[]): Affine {
  return maps.reduce((outer, inner) => ({
    a: outer.a * inner.a + outer.b * inner.d,
    b: outer.a * inner.b + outer.b * inner.e,
    c: outer.a * inner.c + outer.b * inner.f + outer.c,
    d: outer.d * inner.a + outer.e * inner.d,
    e: outer.d * inner.b + outer.e * inner.e,
    f: outer.d * inner.c + outer.e * inner.f + outer.f,
  }));
}

/** The map back. A map that flattens the plane has none, and gives numbers that are not finite. */
export function inverted({ a, b, c, d, e, f }: Affine): Affine {
  const determinant = a * e - b * d;
  return {
    a: e / determinant,
    b: -b / determinant,
    c: (b * f - c * e) / determinant,
    d: -d / determinant,
    e: a / determinant,
    f: (c * d - a * f) / determinant,
  };
}

/** Flat x, y pairs, mapped. */
export function mapPoints({ a, b, c, d, e, f }: Affine, points: ArrayLike<number>): Float64Array {
  const mapped = new Float64Array(points.length);
  for (let k = 0; k < points.length; k += 2) {
    mapped[k] = a * points[k] + b * points[k + 1] + c;
    mapped[k + 1] = d * points[k] + e * points[k + 1] + f;
  }
  return mapped;
}
