import { confusionPlot } from '@/lib/engines/training/plots/confusion-plot';
import { curveKinds, curvePlot } from '@/lib/engines/training/plots/curve-plots';
import { type ModelScores, shapeMetrics } from '@/lib/engines/training/validation/model-scores';

const shapeNames = { B: 'Box', M: 'Mask', P: 'Pose' } as const;

/** The plots of how a model did, by the names the field gives such files. */
export function* scorePlots(scores: ModelScores, names: readonly string[]): Generator<readonly [string, string]> {
  yield ['confusion_matrix.svg', confusionPlot(scores.confusion, names, false)];
  yield ['confusion_matrix_normalized.svg', confusionPlot(scores.confusion, names, true)];
  if (scores.task === 'classify') return;
  for (const [letter, metrics] of shapeMetrics(scores)) {
    for (const kind of curveKinds) yield [`${shapeNames[letter]}${kind}_curve.svg`, curvePlot(kind, metrics, names)];
  }
}
