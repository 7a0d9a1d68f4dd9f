import { averagePrecision, precisionEnvelope } from '@/lib/engines/training/evaluation/average-precision';
import { type ClassCurves, classCurves, curvePoints } from '@/lib/engines/training/evaluation/class-curves';
import { interpolate } from '@/lib/engines/training/evaluation/interpolate';
import { iouThresholds } from '@/lib/engines/training/evaluation/iou-thresholds';
import {
  type ImageHits,
  type RankedClass,
  rankPredictions,
  runningRates,
} from '@/lib/engines/training/evaluation/ranked-predictions';
import { smoothed } from '@/lib/engines/training/evaluation/smoothed';

/** The figures of one class or of their mean, each 0–1. */
type Figures = {
  /** At IoU 0.5 and the confidence at which the mean F1 of all classes is largest. */
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Average precision at IoU 0.5, and its mean over 0.50:0.05:0.95. */
  readonly map50: number;
  readonly map50To95: number;
};

/** The figures of one class of which the images hold objects. */
type ClassMetrics = Figures & {
  readonly classId: number;
  /** Labelled objects, and images that hold any. */
  readonly truths: number;
  readonly images: number;
  /** At each of the IoU thresholds. */
  readonly averagePrecisions: readonly number[];
};

/** Curves to be drawn, at IoU 0.5, with the PR curve (precision by recall) sampled at `curvePoints` as well. */
type MetricCurves = ClassCurves & { readonly precisionByRecall: Float64Array };

/** How well predictions agree with labels, over all images. */
export type DetectionMetrics = {
  /** Over the classes; 0 where none has objects. */
  readonly mean: Figures;
  /** In rising order of class, as `curves`. */
  readonly classes: readonly ClassMetrics[];
  readonly curves: readonly MetricCurves[];
  /** The confidence at which the mean F1 of all classes is largest. */
  readonly bestConfidence: number;
};

/** Of all points of a curve, the share over which F1 is smoothed before its largest value is looked for; the package's. */
const smoothingShare = 0.1;

/**
 * Precision, recall, F1 and average precision per class and in the mean, as the Ultralytics package's validation counts
 * them. Classes of which nothing is labelled do not count.
 */
export function detectionMetrics(images: readonly ImageHits[]): DetectionMetrics {
  const measured = rankPredictions(images).map(measureClass);
  const curves = measured.map((each) => each.curves);
  const best = indexOfLargest(smoothed(meanCurve(curves.map(({ f1 }) => f1)), smoothingShare));
  const classes = measured.map(({ ranked, averagePrecisions, curves: own }) => ({
    classId: ranked.classId,
    truths: ranked.truths,
    images: ranked.images,
    precision: own.precision[best],
    recall: own.recall[best],
    f1: own.f1[best],
    averagePrecisions,
    map50: averagePrecisions[0],
    map50To95: mean(averagePrecisions),
  }));
  return { mean: meanFigures(classes), classes, curves, bestConfidence: curvePoints[best] };
}

type MeasuredClass = {
  readonly ranked: RankedClass;
  readonly averagePrecisions: readonly number[];
  readonly curves: MetricCurves;
};

function measureClass(ranked: RankedClass): MeasuredClass {
  const rates = iouThresholds.map((_, level) => runningRates(ranked, level));
  const envelopes = rates.map(({ recall, precision }) => precisionEnvelope(recall, precision));
  const [loosest] = envelopes;
  const precisionByRecall = interpolate(curvePoints, loosest.recall, loosest.precision, 1);
  return {
    ranked,
    averagePrecisions: envelopes.map(averagePrecision),
    curves: { ...classCurves(ranked, rates[0]), precisionByRecall },
  };
}

function meanFigures(classes: readonly ClassMetrics[]): Figures {
  const over = (figure: keyof Figures): number => mean(classes.map((each) => each[figure]));
  return {
    precision: over('precision'),
    recall: over('recall'),
    f1: over('f1'),
    map50: over('map50'),
    map50To95: over('map50To95'),
  };
}

function meanCurve(curves: readonly Float64Array[]): Float64Array {
  return curvePoints.map((_, k) => mean(curves.map((curve) => curve[k])));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return best;
}
