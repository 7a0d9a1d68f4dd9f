import { describe, expect, it } from 'vitest';
import { createRandom } from '@/lib/engines/training/augment/seeded-random';

function drawn(...seed: readonly number[]): number[] {
  const random = createRandom(...seed);
  return Array.from({ length: 4 }, () => random.next());
}

describe('createRandom', () => {
  it('draws the same numbers for the same seed, and others for any other', () => {
    const seeds = [[0], [1], [0, 0], [0, 1], [1, 0], [2 ** 32], [2 ** 40], [1, 2, 3], [1, 3, 2], [-1]];
    const streams = seeds.map((seed) => JSON.stringify(drawn(...seed)));
    expect(streams).toEqual(seeds.map((seed) => JSON.stringify(drawn(...seed))));
    expect(new Set(streams).size).toBe(seeds.length);
  });

  it('spreads first numbers of neighbouring seeds evenly', () => {
    const counts = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 10_000; seed++) counts[createRandom(7, 3, seed).below(10)]++;
    // Chi-square with nine degrees of freedom is below 28 in 999 of 1,000 cases.
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(28);
  });

  it('stays within its limits', () => {
    const random = createRandom(1);
    for (let k = 0; k < 1000; k++) {
      const number = random.uniform(-2, 3);
      expect(number >= -2 && number < 3).toBe(true);
    }
    expect([random.chance(0), random.chance(1), random.below(1)]).toEqual([false, true, 0]);
  });
});
