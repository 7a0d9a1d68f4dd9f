/**
 * Piecewise linear interpolation through (x, y) points at rising queries: `left` before the first point, the last value
 * after the last one. Of points with the same x the last counts.
 *
 * @param xs Not falling, of the length of `ys`, at least one.
 */
export function interpolate(
  queries: ArrayLike<number>,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  left: number,
): Float64Array {
  const values = new Float64Array(queries.length);
  const last = xs.length - 1;
  let at = 0;
  for (let q = 0; q < queries.length; q++) {
    const x = queries[q];
    while (at < last && xs[at + 1] <= x) at++;
    if (x < xs[at]) values[q] = left;
    else if (at === last) values[q] = ys[last];
    else values[q] = ys[at] + ((ys[at + 1] - ys[at]) / (xs[at + 1] - xs[at])) * (x - xs[at]);
  }
  return values;
}
