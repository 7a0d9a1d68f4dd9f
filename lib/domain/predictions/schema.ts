import { z } from 'zod';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import { dialectTasks } from '@/lib/engines/vision/dialects/dialect-tasks';

/** Largest image a caller may send, and the largest video. */
export const maximumImageBytes = 10 * 1024 * 1024;
export const maximumVideoBytes = 100 * 1024 * 1024;

/** How a caller names a model: by id, or by its address. */
export type ModelReference =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'address'; readonly owner: string; readonly project: string; readonly model: string };

const dialectNames = Object.keys(dialectTasks) as DialectName[];

/** A form sends words; an empty field is one that was left out. */
function formField<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema);
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A form's word as the number it is. `Number` alone would take nothing, spaces and hexadecimal for numbers, too. */
function numberOf(word: string): number {
  const text = word.trim();
  return decimal.test(text) ? Number(text) : Number.NaN;
}

function optionalNumber(value: unknown): unknown {
  if (value === '' || value === null) return undefined;
  return typeof value === 'string' ? numberOf(value) : value;
}

function formNumber(minimum: number, maximum: number) {
  const range = `expected a number from ${minimum} to ${maximum}`;
  return z.preprocess(optionalNumber, z.number({ error: range }).min(minimum, range).max(maximum, range).optional());
}

function formWhole(minimum: number, maximum: number, what = '') {
  const range = `expected a whole number ${what}from ${minimum} to ${maximum}`;
  const whole = z.number({ error: range }).int(range).min(minimum, range).max(maximum, range);
  return z.preprocess(optionalNumber, whole.optional());
}

const imageSize = formWhole(32, 1280, 'of pixels ');

const words: Readonly<Record<string, boolean>> = {
  true: true,
  '1': true,
  yes: true,
  false: false,
  '0': false,
  no: false,
};

/** Python writes True and False. */
const formFlag = z.preprocess((value) => {
  if (value === '' || value === null) return undefined;
  return typeof value === 'string' ? (words[value.toLowerCase()] ?? value) : value;
}, z.boolean({ error: 'expected true or false' }).optional());

/** `0,2,5` or several fields. */
const classList = z.preprocess(
  (value) => {
    if (value === '' || value === null) return undefined;
    return typeof value === 'string' ? value.split(',').map(numberOf) : value;
  },
  z
    .array(z.number({ error: 'expected class ids, such as 0,2,5' }).int().min(0).max(100_000))
    .max(1000)
    .optional(),
);

/** Fields of the platform's predict endpoint beside `file`. */
export const predictFields = z.object({
  source: formField(
    z
      .string()
      .max(16 * 1024 * 1024)
      .optional(),
  ).describe('Instead of a file: the URL of an image, or its bytes as base64 or a data: URL'),
  conf: formNumber(0, 1).describe('Confidence threshold, 0–1 (default 0.25)'),
  iou: formNumber(0, 1).describe('IoU threshold of non-maximum suppression, 0–1 (default 0.45)'),
  imgsz: imageSize.describe('Longer side of the network input in pixels, 32–1280 (default: the model’s own, else 640)'),
  format: formField(z.enum(dialectNames).optional()).describe(
    'Dialect of the reply (default platform; platform-images for semantic and depth)',
  ),
  normalize: formFlag.describe('Coordinates as fractions of the image, in the dialects that know it'),
  max_det: formWhole(1, 3000).describe('Most detections (default 300)'),
  classes: classList.describe('Only these class ids'),
  agnostic_nms: formFlag.describe('Suppress boxes of different classes, too'),
});
export type PredictFields = z.infer<typeof predictFields>;

/** Fields of the HUB's endpoint, both generations together: which names are used decides how the reply is written. */
export const hubFields = z.object({
  imgsz: imageSize.describe('Size of the input image, 32–1280 (default 640)'),
  conf: formNumber(0.01, 1).describe('Confidence threshold, 0.01–1.0 (default 0.25)'),
  iou: formNumber(0, 0.95).describe('Intersection over Union (IoU) threshold, 0.0–0.95 (default 0.45)'),
  size: imageSize.describe('2024 form: size of the input image, 32–1280 (default 640)'),
  confidence: formNumber(0.01, 1).describe('2024 form: confidence threshold, 0.01–1.0 (default 0.25)'),
  url: formField(z.string().max(4096).optional()).describe('2024 form: URL of an image instead of a file'),
  normalize: formFlag.describe('2024 form: false gives pixels instead of fractions'),
});
export type HubFields = z.infer<typeof hubFields>;

const speed = z
  .object({ preprocess: z.number(), inference: z.number(), postprocess: z.number() })
  .describe('Milliseconds');

const corners = z.union([
  z.object({ x1: z.number(), y1: z.number(), x2: z.number(), y2: z.number() }),
  z.object({
    x1: z.number(),
    y1: z.number(),
    x2: z.number(),
    y2: z.number(),
    x3: z.number(),
    y3: z.number(),
    x4: z.number(),
    y4: z.number(),
  }),
]);

/** The platform's own reply. Coordinates are pixels of the upright original. */
export const platformPrediction = z
  .object({
    success: z.literal(true),
    predictions: z.array(
      z.object({
        class: z.string().describe('Class name'),
        classId: z.number().int(),
        confidence: z.number(),
        box: corners.optional(),
        segments: z.array(z.tuple([z.number(), z.number()])).optional(),
        keypoints: z.array(z.object({ x: z.number(), y: z.number(), conf: z.number().optional() })).optional(),
      }),
    ),
    image: z.object({ width: z.number().int(), height: z.number().int() }),
    speed: speed.optional(),
  })
  .meta({ id: 'Prediction' });

/** Other dialects have shapes of their own, which their own tests check. */
export const foreignPrediction = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]);

const hubRow = z.looseObject({ class: z.number().int(), name: z.string(), confidence: z.number() });

export const hubReply = z
  .object({
    images: z.array(
      z.object({
        results: z.array(hubRow),
        shape: z.tuple([z.number().int(), z.number().int()]).describe('Height and width'),
        speed: speed.optional(),
      }),
    ),
    metadata: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'HubPrediction' });

export const hubLegacyReply = z
  .object({ success: z.literal(true), message: z.string(), data: z.array(hubRow) })
  .meta({ id: 'HubPrediction2024' });
