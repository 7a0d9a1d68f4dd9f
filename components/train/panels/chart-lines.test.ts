import { describe, expect, it } from 'vitest';
import { chartLines, niceCeiling } from '@/components/train/panels/chart-lines';

const size = { width: 100, height: 50, steps: 10 };

describe('lines of losses', () => {
  it('share one scale from 0 to a round number', () => {
    const points = [
      { step: 1, losses: { box: 4, cls: 2 } },
      { step: 10, losses: { box: 1, cls: 0 } },
    ];
    const { lines, top, lastStep } = chartLines(points, size);
    expect([top, lastStep]).toEqual([5, 10]);
    expect(lines.map(({ name, path }) => [name, path])).toEqual([
      ['box', 'M10.0 10.0L100.0 40.0'],
      ['cls', 'M10.0 30.0L100.0 50.0'],
    ]);
  });

  it('thin out long runs and keep the last point', () => {
    const points = Array.from({ length: 5000 }, (_, k) => ({ step: k + 1, losses: { box: 5000 - k } }));
    const { lines } = chartLines(points, { ...size, steps: 5000 });
    expect(lines[0].path.split('L').length).toBeLessThan(260);
    expect(lines[0].last).toBe(1);
  });

  it('leave out what is no number', () => {
    const points = [
      { step: 1, losses: { box: 2 } },
      { step: 2, losses: { box: Number.NaN } },
    ];
    const { lines, top } = chartLines(points, size);
    expect([lines[0].path, lines[0].last, top]).toEqual(['M10.0 0.0', 2, 2]);
  });

  it.each([
    [0, 1],
    [0.031, 0.05],
    [1, 1],
    [7, 10],
    [230, 500],
  ])('end above %f at %f', (value, ceiling) => expect(niceCeiling(value)).toBeCloseTo(ceiling, 10));
});
