'use client';

import { useMemo } from 'react';
import { histogramBins, scoreHistogram } from '@/components/test/session/score-histogram';
import { useTest } from '@/components/test/session/session-context';

const height = 28;
/** The bars stand over the track, whose ends are half a thumb inside the input. */
const thumbRadius = 7;

/** How many predictions there would be at each confidence; bars right of the threshold are what is shown now. */
export function ConfidenceHistogram() {
  const run = useTest((state) => state.shown.primary?.run ?? null);
  const conf = useTest((state) => state.thresholds.conf);
  const iou = useTest((state) => state.thresholds.iou);
  const maxDetections = useTest((state) => state.thresholds.maxDetections);
  const agnostic = useTest((state) => state.thresholds.agnostic);
  const classes = useTest((state) => state.thresholds.classes);
  const bins = useMemo(
    () => (run ? scoreHistogram(run, { iou, maxDetections, agnostic, classes }) : null),
    [run, iou, maxDetections, agnostic, classes],
  );
  return (
    <svg
      viewBox={`0 0 ${histogramBins} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="block h-7 border-line border-b"
      style={{ width: `calc(100% - ${2 * thumbRadius}px)`, marginLeft: thumbRadius }}
    >
      {bins && <path d={barsPath(bins, 0, conf)} className="fill-line-strong" />}
      {bins && <path d={barsPath(bins, conf, 1)} className="fill-accent" />}
    </svg>
  );
}

/** The bars whose upper end lies above `from` and not above `to`, as one path. */
function barsPath(bins: Uint16Array, from: number, to: number): string {
  const highest = Math.max(1, ...bins);
  let path = '';
  for (const [bin, count] of bins.entries()) {
    const end = (bin + 1) / histogramBins;
    if (count === 0 || end <= from || end > to) continue;
    // Square roots, so that one box beside a hundred is still a visible bar.
    const bar = Math.max(2, Math.sqrt(count / highest) * height);
    path += `M${bin + 0.08} ${height}v${-bar}h.84v${bar}z`;
  }
  return path;
}
