import { describe, expect, it } from 'vitest';
import { histogramBins, scoreHistogram } from '@/components/test/session/score-histogram';
import type { CachedRun } from '@/components/test/session/test-state';
import { smallSpec } from '@/components/test/session/test-support/session-fixtures';
import type { HeadOutput } from '@/lib/engines/vision/head-output';

const size = { width: 64, height: 64 };

/** One anchor per score, boxes far apart, all of class 0. */
function runWith(scores: readonly number[]): CachedRun {
  const count = scores.length;
  const data = new Float32Array(7 * count);
  for (const [anchor, score] of scores.entries()) {
    data[anchor] = 5 + 12 * anchor;
    data[count + anchor] = 5;
    data[2 * count + anchor] = 4;
    data[3 * count + anchor] = 4;
    data[4 * count + anchor] = score;
  }
  const output: HeadOutput = {
    main: { data, dims: [7, count] },
    prototypes: null,
    placement: { kind: 'letterbox', image: size, input: size, resized: size, scaleX: 1, scaleY: 1, left: 0, top: 0 },
  };
  const timings = { decode: 0, letterbox: 0, inference: 0, postprocess: 0 };
  const backend = { backend: 'wasm', threads: 1, device: null, slowReasons: [] } as const;
  return { key: 'k', modelKey: 'm', spec: smallSpec, output, timings, backend };
}

const open = { iou: 0.45, maxDetections: 300, agnostic: false, classes: null };

describe('the histogram of scores', () => {
  it('counts every prediction above the noise once, the top score in the last bar', () => {
    const bins = scoreHistogram(runWith([1, 0.5, 0.51, 0.005]), open);
    expect(bins).toHaveLength(histogramBins);
    expect(bins?.[histogramBins - 1]).toBe(1);
    expect(bins?.[25]).toBe(2);
    expect(bins?.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it('leaves out classes that are filtered away', () => {
    const bins = scoreHistogram(runWith([0.9]), { ...open, classes: [1] });
    expect(bins?.every((count) => count === 0)).toBe(true);
  });
});
