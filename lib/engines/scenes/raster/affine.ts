/** x′ = a·x + c·y + e, y′ = b·x + d·y + f: the order of a canvas's `setTransform`. */
export type Affine = {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
};

export const identity: Affine = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

export function translation(x: number, y: number): Affine {
  return { ...identity, e: x, f: y };
}

export function scaling(x: number, y: number = x): Affine {
  return { ...identity, a: x, d: y };
}

/** Clockwise as seen with y downwards, in radians. */
export function rotation(angle: number): Affine {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 };
}

/** First the last, then the one before it: as matrices are written. */
export function combined(...steps: readonly Affine[]): Affine {
  return steps.reduce((outer, inner) => ({
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    e: outer.a * inner.e + outer.c * inner.f + outer.e,
    f: outer.b * inner.e + outer.d * inner.f + outer.f,
  }));
}

/** The way back. A matrix that flattens everything has none: what comes back then is not finite. */
export function inverse({ a, b, c, d, e, f }: Affine): Affine {
  const determinant = a * d - b * c;
  return {
    a: d / determinant,
    b: -b / determinant,
    c: -c / determinant,
    d: a / determinant,
    e: (c * f - d * e) / determinant,
    f: (b * e - a * f) / determinant,
  };
}

/** A ring of flat x, y pairs, moved. */
export function moved(ring: Float64Array, { a, b, c, d, e, f }: Affine): Float64Array {
  const target = new Float64Array(ring.length);
  for (let k = 0; k < ring.length; k += 2) {
    const x = ring[k];
    const y = ring[k + 1];
    target[k] = a * x + c * y + e;
    target[k + 1] = b * x + d * y + f;
  }
  return target;
}
