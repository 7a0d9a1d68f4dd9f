import { describe, expect, it } from 'vitest';
import { formatValue, linePath, rangeOf, resultsPlots } from '@/components/inspector/results-series';

const box = { width: 100, height: 10 };

describe('plots of a training', () => {
  it('puts the losses of training and validation together, and leaves out what only counts', () => {
    const plots = resultsPlots({
      epoch: [1, 2],
      time: [10, 20],
      'train/box_loss': [2, 1],
      'metrics/mAP50(B)': [0.1, 0.2],
      'val/box_loss': [3, 2],
      'lr/pg0': [0.1, 0.1],
    });
    expect(plots.map(({ title, series }) => [title, series.map(({ name }) => name)])).toEqual([
      ['box_loss', ['train', 'val']],
      ['mAP50(B)', ['mAP50(B)']],
    ]);
  });

  it('leaves out what is no column of numbers', () => {
    expect(resultsPlots({ a: 'text', b: [1], c: ['x', 'y'], d: { 0: 1, 1: 2 }, e: null })).toEqual([]);
  });

  it('draws from the first epoch to the last and from the least value to the most', () => {
    const [plot] = resultsPlots({ loss: [4, 0, 2] });
    if (!plot?.series[0]) throw new Error('One column makes one plot.');
    expect(rangeOf(plot)).toEqual([0, 4]);
    expect(linePath(plot.series[0], rangeOf(plot), box)).toBe('M0 0L50 10L100 5');
  });

  it('breaks the line where a loss was no number', () => {
    const [plot] = resultsPlots({ loss: [1, 'nan', 0, 1] });
    if (!plot?.series[0]) throw new Error('One column makes one plot.');
    expect(linePath(plot.series[0], rangeOf(plot), { width: 30, height: 10 })).toBe('M0 0M20 10L30 0');
  });

  it('draws what never moves through the middle', () => {
    const [plot] = resultsPlots({ loss: [7, 7] });
    if (!plot?.series[0]) throw new Error('One column makes one plot.');
    expect(linePath(plot.series[0], rangeOf(plot), box)).toBe('M0 5L100 5');
  });

  it('shows four digits', () => {
    expect([0.123456, 12345.6, 1e-7].map(formatValue)).toEqual(['0.1235', '12350', '1e-7']);
  });
});
