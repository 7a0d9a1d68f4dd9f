/** One presented frame as `requestVideoFrameCallback` tells it: media time in seconds, and a count that includes missed frames. */
export type PresentedFrame = { readonly mediaTime: number; readonly presentedFrames: number };

/** Rates that recordings really have; a measurement this near to one of them is that one. */
const commonRates = [12, 15, 24_000 / 1001, 24, 25, 30_000 / 1001, 30, 48, 50, 60_000 / 1001, 60, 120];
const nearness = 0.004;

/**
 * Frames per second of a source from the frames it presented; null with fewer than two. The median of the frame durations, so that
 * a stall or a seek does not count.
 */
export function estimateFrameRate(frames: readonly PresentedFrame[]): number | null {
  const durations: number[] = [];
  for (let i = 1; i < frames.length; i++) {
    const [before, after] = [frames[i - 1], frames[i]];
    if (!before || !after) continue;
    const count = after.presentedFrames - before.presentedFrames;
    const seconds = after.mediaTime - before.mediaTime;
    if (count > 0 && seconds > 0) durations.push(seconds / count);
  }
  durations.sort((a, b) => a - b);
  const median = durations[durations.length >> 1];
  if (median === undefined) return null;
  const rate = 1 / median;
  const [nearest] = [...commonRates].sort((a, b) => Math.abs(a - rate) - Math.abs(b - rate));
  return nearest !== undefined && Math.abs(nearest - rate) / rate < nearness ? nearest : rate;
}

/** Counts events over the last second. Times are milliseconds of one monotonic clock. */
export function createRateMeter(): { tick(nowMs: number): void; rate(nowMs: number): number } {
  let times: number[] = [];
  function forget(nowMs: number): void {
    times = times.filter((time) => time > nowMs - 1000);
  }
  return {
    tick(nowMs) {
      forget(nowMs);
      times.push(nowMs);
    },
    rate(nowMs) {
      forget(nowMs);
      return times.length;
    },
  };
}
