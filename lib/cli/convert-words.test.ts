import { describe, expect, it } from 'vitest';
import { parseConvert } from '@/lib/cli/convert-words';

const nmsOf = (...words: string[]) => parseConvert(['best.pt', ...words]).options.nms;

describe('the suppression that sightline convert embeds', () => {
  it('is none without --nms', () => {
    expect(nmsOf()).toBeNull();
  });

  it('has the thresholds of the package’s exporter', () => {
    expect(nmsOf('--nms')).toEqual({ conf: 0.25, iou: 0.7, maxDetections: 300, agnostic: false });
  });

  it('takes others', () => {
    const words = '--nms --conf 0.5 --iou 0.3 --max-det 9 --agnostic'.split(' ');
    expect(nmsOf(...words)).toEqual({ conf: 0.5, iou: 0.3, maxDetections: 9, agnostic: true });
  });
});
