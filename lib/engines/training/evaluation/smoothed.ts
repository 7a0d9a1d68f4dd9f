/** Running mean over about that share of all points (an odd number of them), the end values repeated beyond the ends. */
export function smoothed(values: Float64Array, share: number): Float64Array {
  const width = Math.floor(Math.round(values.length * share * 2) / 2) + 1;
  const reach = Math.floor(width / 2);
  const at = (k: number): number => values[Math.min(Math.max(k, 0), values.length - 1)];
  const means = new Float64Array(values.length);
  for (let k = 0; k < values.length; k++) {
    let sum = 0;
    for (let offset = -reach; offset <= reach; offset++) sum += at(k + offset);
    means[k] = sum / (2 * reach + 1);
  }
  return means;
}
