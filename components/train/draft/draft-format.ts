import { z } from 'zod';
import type { ImageLabels } from '@/components/train/document/train-document';
import { trainableTasks } from '@/lib/browser/training/training-job';
import type { Skeleton } from '@/lib/engines/training/dataset/dataset-description';

/** A picture of a draft with what was said of it. */
export type DraftPicture = {
  /** SHA-256 of the file, hex. */
  readonly hash: string;
  readonly name: string;
  readonly split: 'train' | 'val' | null;
  /** Null where nothing was said of it. Labels have no ids: those belong to a visit. */
  readonly labels: DraftLabels | null;
};

type DraftLabels = {
  readonly classId: number | null;
  readonly objects: readonly Omit<ImageLabels['objects'][number], 'id'>[];
};

type DraftModel = z.infer<typeof modelSchema>;

/** What a person has put together on the page, apart from the pictures themselves. */
export type Draft = {
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly names: readonly string[];
  readonly pictures: readonly DraftPicture[];
  readonly skeleton: Skeleton | null;
  /** Null where no model had been read. */
  readonly model: DraftModel | null;
  readonly settings: Readonly<z.infer<typeof settingsSchema>>;
};

const fraction = z.number().min(-1).max(2);
const classId = z.int().min(0).max(65_535);
/** Largest outlines of dropped files are as long. */
const numbers = z
  .array(z.number().min(-100).max(100))
  .max(200_000)
  .transform((values) => Float32Array.from(values));

const labelSchema = z.object({
  classId,
  box: z.object({ cx: fraction, cy: fraction, width: fraction, height: fraction }),
  outline: numbers.nullable(),
  keypoints: numbers.nullable(),
});

const pictureSchema = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().min(1).max(4096),
  split: z.enum(['train', 'val']).nullable(),
  labels: z.object({ classId: classId.nullable(), objects: z.array(labelSchema).max(20_000) }).nullable(),
});

const modelSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fresh'), scale: z.enum(['n', 's']), task: z.enum(trainableTasks) }),
  z.object({ kind: z.literal('file'), name: z.string().max(4096), modelId: z.string().regex(/^[0-9a-f]{64}$/) }),
]);

const skeletonSchema = z.object({
  keypoints: z.object({ count: z.int().min(1).max(1024), dims: z.union([z.literal(2), z.literal(3)]) }),
  flipIndices: z.array(z.int().min(0).max(1023)).max(1024).nullable(),
  names: z.array(z.string()).max(1024).nullable(),
  sigmas: z.array(z.number().positive()).max(1024).nullable(),
});

/** Within what the fields of the page take. */
const settingsSchema = z.object({
  epochs: z.int().min(1).max(1000),
  imgsz: z.int().min(32).max(1280).multipleOf(32),
  batch: z.int().min(1).max(32),
  lr0: z.number().min(0.00001).max(0.1).nullable(),
  augments: z.boolean(),
  backend: z.enum(['wasm', 'webgpu']),
});

const draftSchema = z
  .object({
    version: z.literal(1),
    savedAt: z.number().nonnegative(),
    names: z.array(z.string().min(1)).max(65_536),
    pictures: z.array(pictureSchema).max(1000),
    skeleton: skeletonSchema.nullable(),
    model: modelSchema.nullable(),
    settings: settingsSchema,
  })
  .refine(({ names, pictures }) =>
    pictures.every(({ labels }) => labels === null || classIds(labels).every((id) => id < names.length)),
  );

function classIds({ classId: whole, objects }: DraftLabels): number[] {
  return [...(whole === null ? [] : [whole]), ...objects.map((label) => label.classId)];
}

/** Null for what is no draft of this version: what lies on a disk may be cut short, or written by somebody else. */
export function readDraft(text: string): Draft | null {
  try {
    const { success, data } = draftSchema.safeParse(JSON.parse(text));
    return success ? data : null;
  } catch {
    return null;
  }
}
