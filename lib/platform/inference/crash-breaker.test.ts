import { describe, expect, it } from 'vitest';
import { createCrashBreaker } from '@/lib/platform/inference/crash-breaker';

describe('createCrashBreaker', () => {
  it('lets a model rest for a minute after three crashes within one', () => {
    const breaker = createCrashBreaker();
    for (const time of [0, 20_000, 50_000]) {
      expect(breaker.refusedMs(time)).toBe(0);
      breaker.crashed(time);
    }
    expect(breaker.refusedMs(50_000)).toBe(60_000);
    expect(breaker.refusedMs(109_000)).toBe(1_000);
    expect(breaker.refusedMs(110_000)).toBe(0);
  });

  it('forgets crashes that an answer or a minute lies between', () => {
    const answered = createCrashBreaker();
    answered.crashed(0);
    answered.crashed(1);
    answered.answered();
    answered.crashed(2);
    expect(answered.refusedMs(3)).toBe(0);

    const slow = createCrashBreaker();
    for (const time of [0, 40_000, 80_000, 120_000]) slow.crashed(time);
    expect(slow.refusedMs(120_000)).toBe(0);
  });

  it('counts anew after a rest', () => {
    const breaker = createCrashBreaker();
    for (const time of [0, 1, 2]) breaker.crashed(time);
    breaker.crashed(60_010);
    expect(breaker.refusedMs(60_011)).toBe(0);
  });
});
