import { describe, expect, it } from 'vitest';
import { branchShare } from '@/lib/engines/training/schedule/branch-share';
import { autoOptimizer } from '@/lib/engines/training/schedule/choose-optimizer';
import { emaDecay } from '@/lib/engines/training/schedule/ema-decay';
import { decayFactor } from '@/lib/engines/training/schedule/learning-rate';
import { type ScheduleOptions, trainingSchedule } from '@/lib/engines/training/schedule/training-schedule';

describe('decayFactor', () => {
  const line = { epochs: 10, lrf: 0.01, cosine: false };

  it('falls along a line to the last share', () => {
    expect([0, 5, 10].map((epoch) => decayFactor(line, epoch))).toEqual([1, 0.505, 0.01]);
  });

  it('falls along half a cosine: slowly, quickly, slowly', () => {
    const curve = { ...line, cosine: true };
    const shares = [0, 2.5, 5, 7.5, 10].map((epoch) => decayFactor(curve, epoch));
    const quarter = (1 - Math.SQRT1_2) / 2;
    for (const [k, expected] of [1, 1 - 0.99 * quarter, 0.505, 0.01 + 0.99 * quarter, 0.01].entries()) {
      expect(shares[k]).toBeCloseTo(expected, 12);
    }
  });
});

describe('trainingSchedule', () => {
  const options: ScheduleOptions = {
    epochs: 100,
    lrf: 0.01,
    cosine: false,
    lr0: 0.01,
    momentum: 0.937,
    weightDecay: 0.0005,
    warmupEpochs: 3,
    warmupMomentum: 0.8,
    warmupBiasLr: 0.1,
    batch: 16,
    nbs: 64,
    iterationsPerEpoch: 50,
  };

  it('warms up over three epochs: biases from above, others from zero', () => {
    const schedule = trainingSchedule(options);
    expect(schedule.warmupIterations).toBe(150);
    const first = schedule.at(0, 0);
    expect(first).toEqual({ rates: { bias: 0.1, weight: 0, norm: 0 }, momentum: 0.8, accumulate: 1 });
    const middle = schedule.at(1, 25);
    const rate = 0.01 * (1 - 0.99 / 100);
    expect(middle.rates.weight).toBeCloseTo(rate / 2, 12);
    expect(middle.rates.bias).toBeCloseTo((0.1 + rate) / 2, 12);
    expect(middle.momentum).toBeCloseTo((0.8 + 0.937) / 2, 12);
    expect(middle.accumulate).toBe(3);
  });

  it('trains all groups alike afterwards, a rate for each epoch', () => {
    const schedule = trainingSchedule(options);
    const { rates, momentum, accumulate } = schedule.at(50, 49);
    expect(rates.weight).toBeCloseTo(0.01 * 0.505, 12);
    expect([rates.bias, rates.norm]).toEqual([rates.weight, rates.weight]);
    expect([momentum, accumulate]).toEqual([0.937, 4]);
    expect(schedule.at(50, 0)).toEqual(schedule.at(50, 49));
  });

  it('warms up for at least 100 iterations, unless there is no warm-up', () => {
    expect(trainingSchedule({ ...options, iterationsPerEpoch: 4 }).warmupIterations).toBe(100);
    const without = trainingSchedule({ ...options, warmupEpochs: 0 });
    expect(without.at(0, 0).rates).toEqual({ bias: 0.01, weight: 0.01, norm: 0.01 });
  });

  it('decays weights in proportion to the images of an update', () => {
    expect(trainingSchedule(options).weightDecay).toBeCloseTo(0.0005, 12);
    const large = trainingSchedule({ ...options, batch: 128 });
    expect(large.weightDecay).toBeCloseTo(0.001, 12);
    expect(large.at(9, 0).accumulate).toBe(1);
  });
});

describe('autoOptimizer', () => {
  const short = { imageCount: 240, batch: 16, nbs: 64, epochs: 100, classCount: 4 };

  it('takes AdamW with a rate by the number of classes for short runs', () => {
    expect(autoOptimizer(short)).toEqual({ optimizer: 'adamw', lr0: 0.00125, momentum: 0.9, warmupBiasLr: 0 });
    expect(autoOptimizer({ ...short, classCount: 80 }).lr0).toBe(0.000119);
  });

  it('takes SGD beyond ten thousand updates', () => {
    const edge = { ...short, imageCount: 6400, epochs: 100 };
    expect(autoOptimizer(edge).optimizer).toBe('adamw');
    expect(autoOptimizer({ ...edge, epochs: 101 })).toEqual({
      optimizer: 'sgd',
      lr0: 0.01,
      momentum: 0.9,
      warmupBiasLr: 0,
    });
  });
});

describe('branchShare', () => {
  it('falls from 0.8 to 0.1 from the first epoch to the last', () => {
    expect([0, 5, 10].map((epoch) => branchShare(epoch, 11))).toEqual(
      [0.8, 0.45, 0.1].map((share) => expect.closeTo(share, 12)),
    );
    expect(branchShare(0, 1)).toBeCloseTo(0.8, 12);
  });
});

describe('emaDecay', () => {
  it('rises from almost nothing to 0.9999', () => {
    expect(emaDecay(1)).toBeCloseTo(0.0005, 5);
    expect(emaDecay(2000)).toBeCloseTo(0.9999 * (1 - 1 / Math.E), 12);
    expect(emaDecay(1e6)).toBeCloseTo(0.9999, 12);
  });
});
