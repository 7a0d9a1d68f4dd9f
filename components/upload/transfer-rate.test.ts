import { describe, expect, it } from 'vitest';
import { createTransferRate, timeLeft } from '@/components/upload/transfer-rate';

describe('the rate of a transfer', () => {
  it('says nothing before there is enough to measure', () => {
    const rate = createTransferRate();
    expect(rate.bytesPerSecond()).toBeNull();
    rate.note(0, 0);
    rate.note(50_000, 100);
    expect(rate.bytesPerSecond()).toBeNull();
  });

  it('is bytes over time', () => {
    const rate = createTransferRate();
    rate.note(0, 0);
    rate.note(1_000_000, 1000);
    rate.note(2_000_000, 2000);
    expect(rate.bytesPerSecond()).toBe(1_000_000);
  });

  it('follows a connection that became slow, forgetting what is long past', () => {
    const rate = createTransferRate();
    rate.note(0, 0);
    rate.note(10_000_000, 1000);
    for (let second = 2; second <= 30; second++) rate.note(10_000_000 + (second - 1) * 1000, second * 1000);
    expect(rate.bytesPerSecond()).toBeCloseTo(1000, 5);
  });

  it('begins anew when bytes are sent again', () => {
    const rate = createTransferRate();
    rate.note(500_000, 0);
    rate.note(900_000, 1000);
    rate.note(400_000, 2000);
    expect(rate.bytesPerSecond()).toBeNull();
    rate.note(500_000, 3000);
    expect(rate.bytesPerSecond()).toBe(100_000);
  });

  it('tells the time left, and none for a transfer that stands still', () => {
    expect(timeLeft(5_000_000, 1_000_000)).toBe(5000);
    expect(timeLeft(5_000_000, 0)).toBeNull();
    expect(timeLeft(5_000_000, null)).toBeNull();
  });
});
