/** One presented frame as `requestVideoFrameCallback` tells it: media time in seconds, and a count that includes missed frames. */
export type PresentedFrame = { readonly mediaTime: number; readonly presentedFrames: number };

/** Rates that recordings really have. */
const commonRates = [12, 15, 24_000 / 1001, 24, 25, 30_000 / 1001, 30, 48, 50, 60_000 / 1001, 60, 120];

/** Relative error of a rate measured from exact times: half the distance between 29.97 and 30. */
const exactSlack = 0.0005;

/**
 * Frames per second of a source from the frames it presented; null with fewer than two. The mean of the frame durations
 * near their median, so that a stall or a seek does not count and times rounded to milliseconds (WebM) even out.
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
  const usual = durations.filter((duration) => duration > median / 2 && duration < median * 2);
  const seconds = usual.reduce((sum, duration) => sum + duration, 0);
  const rate = usual.length / seconds;
  // Millisecond times cannot tell 30 from 29.97 in so short a while: the whole number is the likelier in files that have them.
  const roundedTimes = frames.every(
    ({ mediaTime }) => Math.abs(mediaTime * 1000 - Math.round(mediaTime * 1000)) < 1e-6,
  );
  const slack = roundedTimes ? 0.001 / seconds : exactSlack;
  const near = commonRates.filter((common) => Math.abs(common - rate) / rate < slack);
  return near.find(Number.isInteger) ?? near[0] ?? rate;
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
