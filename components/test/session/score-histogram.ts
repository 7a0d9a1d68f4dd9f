import type { CachedRun } from '@/components/test/session/test-state';
import { interpretHead } from '@/lib/engines/vision/interpret-head';
import { createMaskCache } from '@/lib/engines/vision/mask-cache';
import type { Thresholds } from '@/lib/engines/vision/vision-result';

/** Bars of the histogram, one per two hundredths of confidence. */
export const histogramBins = 50;

/** Scores below this are noise by the thousands; they would flatten every other bar. */
const floor = 0.01;

/**
 * How many predictions there would be at each confidence: the survivors of suppression with the threshold all the way down,
 * counted in `histogramBins` equal steps of 0–1. Null for results that confidence does not filter.
 */
export function scoreHistogram(run: CachedRun, thresholds: Omit<Thresholds, 'conf'>): Uint16Array | null {
  const { head } = run.spec;
  if (head.layout !== 'anchors' && head.layout !== 'anchors-objectness' && head.layout !== 'rows') return null;
  // Only scores are wanted, so masks and keypoints are not even looked at.
  const task = head.task === 'obb' ? 'obb' : 'detect';
  const spec = { ...run.spec, task, head: { ...head, task, keypoints: null, prototypesName: null } } as const;
  const result = interpretHead(spec, run.output, { ...thresholds, conf: floor }, createMaskCache());
  if (!('detections' in result)) return null;
  const bins = new Uint16Array(histogramBins);
  for (const { score } of result.detections) {
    const bin = Math.min(histogramBins - 1, Math.floor(score * histogramBins));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
}
