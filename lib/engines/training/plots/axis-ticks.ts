/** Where an axis is labelled: round numbers that cover a range. */
export type AxisTicks = {
  readonly values: readonly number[];
  /** The range with its ends moved out to ticks. */
  readonly low: number;
  readonly high: number;
};

/** Ticks at multiples of 1, 2 or 5 times a power of ten, about `count` of them. */
export function axisTicks(low: number, high: number, count = 5): AxisTicks {
  const [from, to] =
    high > low ? [low, high] : [low - Math.max(Math.abs(low), 1) / 2, low + Math.max(Math.abs(low), 1) / 2];
  const rough = (to - from) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  const values = Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
  return { values, low: values[0], high: values[values.length - 1] };
}
