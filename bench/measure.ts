/** One line of the report: a ratio (or an amount) measured in this run, and the most it may be. */
export type Measurement = {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: 'x' | '%' | 'ms' | 'KB' | 'MiB';
  /** What was compared with what, with the medians behind the ratio. */
  readonly detail: string;
};

/** Milliseconds of one call. */
export async function timeOnce(action: () => unknown): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times two actions in turn, A B A B …, after warm-ups of both, so that a drift of the machine's speed touches both alike.
 * Returns the medians and the median of the pairwise ratios A / B.
 */
export async function timePairs(
  a: () => unknown,
  b: () => unknown,
  options: { runs: number; warmups: number },
): Promise<{ a: number; b: number; ratio: number }> {
  for (let i = 0; i < options.warmups; i++) {
    await a();
    await b();
  }
  const timesA: number[] = [];
  const timesB: number[] = [];
  for (let i = 0; i < options.runs; i++) {
    timesA.push(await timeOnce(a));
    timesB.push(await timeOnce(b));
  }
  return { a: median(timesA), b: median(timesB), ratio: median(timesA.map((time, i) => time / timesB[i])) };
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}
