import { fraction, integerIn, parseWords, required, strayWord } from '@/lib/cli/command-words';
import type { Dialect } from '@/lib/engines/vision/dialects/dialect';
import { findDialect } from '@/lib/engines/vision/dialects/dialect-registry';
import { defaultThresholds, type Thresholds } from '@/lib/engines/vision/vision-result';

/** The image sizes that `--imgsz` takes, as the page's slider does. */
export const imageSizes = { smallest: 32, largest: 1280 } as const;

/** The exporter and the package consider at most this many candidates, so more can never be kept. */
const mostDetections = 30_000;

export type PredictRequest = {
  /** Paths as they were typed. */
  readonly model: string;
  readonly source: string;
  readonly imgsz: number | null;
  /** Class filter as it was typed: indices or names, comma-separated; null for all. The model's names give it meaning. */
  readonly classes: string | null;
  readonly thresholds: Omit<Thresholds, 'classes'>;
  readonly dialect: Dialect;
  readonly saveFolder: string | null;
};

const options = {
  model: { type: 'string' },
  source: { type: 'string' },
  conf: { type: 'string' },
  iou: { type: 'string' },
  imgsz: { type: 'string' },
  classes: { type: 'string' },
  'max-det': { type: 'string' },
  agnostic: { type: 'boolean' },
  format: { type: 'string' },
  save: { type: 'string' },
} as const;

/** Reads what stands behind `sightline predict`. Throws a `Fault` (`input-invalid`). */
export function parsePredict(words: readonly string[]): PredictRequest {
  const { values, positionals } = parseWords(words, options, 'predict');
  const [stray] = positionals;
  if (stray !== undefined) throw strayWord(stray, 'predict');
  return {
    model: required(values.model, '--model', 'an .onnx or .pt file'),
    source: required(values.source, '--source', 'an image or a folder of images'),
    imgsz: integerIn(values.imgsz, '--imgsz', imageSizes.smallest, imageSizes.largest),
    classes: values.classes ?? null,
    thresholds: {
      conf: fraction(values.conf, '--conf') ?? defaultThresholds.conf,
      iou: fraction(values.iou, '--iou') ?? defaultThresholds.iou,
      maxDetections: integerIn(values['max-det'], '--max-det', 1, mostDetections) ?? defaultThresholds.maxDetections,
      agnostic: values.agnostic ?? defaultThresholds.agnostic,
    },
    dialect: findDialect(values.format ?? 'ultralytics'),
    saveFolder: values.save === undefined ? null : required(values.save, '--save', 'a folder'),
  };
}
