import { describe, expect, it } from 'vitest';
import { createRateMeter, estimateFrameRate } from '@/lib/browser/frame-rate';

describe('estimateFrameRate', () => {
  it.each([
    ['milliseconds', 1e3, 30],
    ['microseconds', 1e6, 30_000 / 1001],
    ['milliseconds', 1e3, 25],
    ['microseconds', 1e6, 24_000 / 1001],
  ])('finds a common rate through times in %s', (_unit, perSecond, rate) => {
    const frames = Array.from({ length: 12 }, (_, i) => ({
      mediaTime: Math.round((i * perSecond) / rate) / perSecond,
      presentedFrames: i,
    }));
    expect(estimateFrameRate(frames)).toBeCloseTo(rate, 6);
  });

  it('counts frames that were not shown', () => {
    const frames = [0, 2, 3, 6].map((n) => ({ mediaTime: n / 25, presentedFrames: n }));
    expect(estimateFrameRate(frames)).toBe(25);
  });

  it('is not misled by one stall, and keeps an uncommon rate', () => {
    const times = [0, 0.1, 0.2, 2.2, 2.3, 2.4];
    expect(estimateFrameRate(times.map((mediaTime, i) => ({ mediaTime, presentedFrames: i })))).toBeCloseTo(10);
  });

  it('knows nothing from one frame', () => {
    expect(estimateFrameRate([{ mediaTime: 0, presentedFrames: 1 }])).toBeNull();
  });
});

describe('createRateMeter', () => {
  it('counts the last second only', () => {
    const meter = createRateMeter();
    for (let t = 0; t <= 1000; t += 100) meter.tick(t);
    expect(meter.rate(1000)).toBe(10);
    expect(meter.rate(1950)).toBe(1);
    expect(meter.rate(5000)).toBe(0);
  });
});
