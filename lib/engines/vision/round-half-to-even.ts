/** Rounds to the nearest integer, ties to the even one, as Python's `round` and C's `lrint` do (IEEE 754 default). */
export function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const fraction = value - floor;
  if (fraction !== 0.5) return fraction < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}
