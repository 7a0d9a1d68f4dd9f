import { curvePoints } from '@/lib/engines/training/evaluation/class-curves';
import type { DetectionMetrics } from '@/lib/engines/training/evaluation/detection-metrics';
import { type LineChart, lineChart, type Series, shortened } from '@/lib/engines/training/plots/line-chart';
import { distinctColours, plotColour } from '@/lib/engines/training/plots/plot-colours';
import { inkColour, paleColour, svgDocument } from '@/lib/engines/training/plots/svg';

/** The curves that are drawn, by the name the field's files have. */
export const curveKinds = ['PR', 'F1', 'P', 'R'] as const;

export type CurveKind = (typeof curveKinds)[number];

const size = { width: 720, height: 480 } as const;

/** Every so many of the thousand points are drawn: a line of 720 pixels shows no more. */
const pointStep = 3;

const axes: Readonly<Record<CurveKind, Pick<LineChart, 'title' | 'xTitle' | 'yTitle'>>> = {
  PR: { title: 'Precision by recall', xTitle: 'recall', yTitle: 'precision' },
  F1: { title: 'F1 by confidence', xTitle: 'confidence', yTitle: 'F1' },
  P: { title: 'Precision by confidence', xTitle: 'confidence', yTitle: 'precision' },
  R: { title: 'Recall by confidence', xTitle: 'confidence', yTitle: 'recall' },
};

/** A curve of every class at IoU 0.5, and in bold their mean. Beyond seven classes all but the mean are pale and unnamed. */
export function curvePlot(kind: CurveKind, metrics: DetectionMetrics, names: readonly string[]): string {
  const { curves, classes } = metrics;
  const isCrowded = curves.length > distinctColours - 1;
  const xs = thinned(curvePoints);
  const lines = curves.map((curve, k): Series => {
    const { classId, map50 } = classes[k];
    const figure = kind === 'PR' ? ` ${map50.toFixed(3)}` : '';
    return {
      name: isCrowded ? null : `${shortened(names[classId] ?? `class${classId}`, 17)}${figure}`,
      xs,
      ys: thinned(valuesOf(kind, curve)),
      colour: isCrowded ? paleColour : plotColour(k),
      width: 1.5,
    };
  });
  const mean = meanOf(curves.map((curve) => valuesOf(kind, curve)));
  const all: Series = { name: meanName(kind, metrics, mean), xs, ys: thinned(mean), colour: inkColour, width: 3 };
  const chart: LineChart = { ...axes[kind], xRange: [0, 1], yRange: [0, 1], series: [...lines, all] };
  return svgDocument(size.width, size.height, axes[kind].title, lineChart(chart, { x: 0, y: 0, ...size }));
}

function valuesOf(kind: CurveKind, curve: DetectionMetrics['curves'][number]): Float64Array {
  switch (kind) {
    case 'PR':
      return curve.precisionByRecall;
    case 'F1':
      return curve.f1;
    case 'P':
      return curve.precision;
    case 'R':
      return curve.recall;
  }
}

function meanName(kind: CurveKind, { mean }: DetectionMetrics, values: Float64Array): string {
  if (kind === 'PR') return `all ${mean.map50.toFixed(3)}`;
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return `all ${values[best].toFixed(2)} at ${curvePoints[best].toFixed(3)}`;
}

function meanOf(curves: readonly Float64Array[]): Float64Array {
  return curvePoints.map((_, k) => curves.reduce((sum, values) => sum + values[k], 0) / Math.max(curves.length, 1));
}

function thinned(values: Float64Array): Float64Array {
  return values.filter((_, k) => k % pointStep === 0 || k === values.length - 1);
}
