import type { JobSettings } from '@/lib/browser/training/training-job';
import {
  type ArgumentName,
  readArguments,
  type TrainingArguments,
} from '@/lib/engines/training/loop/training-arguments';

/** Epochs at the end without mosaics: the network sees pictures as they are before it is used. */
const closingShare = 0.3;
const mostClosingEpochs = 10;

/** Shorter runs have no warm-up: it takes at least a hundred steps, and would be most of the run. */
const shortRun = 500;

/** Megabytes of decoded pictures that are kept. */
const cacheMegabytes = 256;

const withoutAugmentation: readonly ArgumentName[] = [
  'hsv_h',
  'hsv_s',
  'hsv_v',
  'translate',
  'scale',
  'fliplr',
  'mosaic',
];

/**
 * The arguments of a run in the browser. They differ from those of the command line where data sets are tiny: parameters change with
 * every step, short runs have no warm-up, and nothing stops early.
 */
export function jobArguments(settings: JobSettings, imageCount: number): TrainingArguments {
  const { epochs, imgsz, batch, lr0, augments, seed } = settings;
  const texts = new Map<ArgumentName, string>([
    ['epochs', String(epochs)],
    ['imgsz', String(imgsz)],
    ['batch', String(batch)],
    ['nbs', String(batch)],
    ['seed', String(seed)],
    ['patience', '0'],
    ['plots', 'False'],
    ['cache', String(cacheMegabytes)],
    ['close_mosaic', String(Math.min(mostClosingEpochs, Math.ceil(epochs * closingShare)))],
    ...(jobSteps(settings, imageCount) < shortRun ? [['warmup_epochs', '0'] as const] : []),
    ...(lr0 === null
      ? []
      : ([
          ['optimizer', 'AdamW'],
          ['momentum', '0.9'],
          ['lr0', String(lr0)],
        ] as const)),
    ...(augments ? [] : withoutAugmentation.map((name) => [name, '0'] as const)),
  ]);
  return readArguments(texts);
}

/** Steps of a run: each shows one batch. */
export function jobSteps({ epochs, batch }: Pick<JobSettings, 'epochs' | 'batch'>, imageCount: number): number {
  return epochs * Math.ceil(imageCount / batch);
}
