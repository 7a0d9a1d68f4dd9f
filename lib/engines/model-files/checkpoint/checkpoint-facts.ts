import { type Task, tasks } from '@/lib/core/task';
import type { Checkpoint, CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import {
  entryOf,
  isSequence,
  isTensor,
  numberOf,
  positiveIntegerOf,
  textOf,
} from '@/lib/engines/model-files/checkpoint/checkpoint-values';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';

/** What a checkpoint says about its model, in the words that ONNX metadata uses. What it does not say is null or empty. */
export type CheckpointFacts = {
  readonly task: Task | null;
  /** Class names by index, ascending. */
  readonly names: ReadonlyMap<number, string>;
  /** As many as there are names, else what the architecture says. */
  readonly classCount: number | null;
  /** Pixels the model was trained for: 640 × 640, and 224 × 224 for classification, if the file does not say. */
  readonly imageSize: { readonly height: number; readonly width: number };
  /** The largest stride of the network in pixels; 32 if the file does not say. */
  readonly stride: number;
  /** Channels of the input image. */
  readonly channels: number;
  readonly keypoints: { readonly count: number; readonly dims: 2 | 3; readonly names: readonly string[] | null } | null;
  /** `yolov8n.yaml`, and the letter of its scale. */
  readonly yamlFile: string | null;
  readonly scale: string | null;
  /** Version of the package that wrote the file. */
  readonly version: string | null;
  readonly date: string | null;
  readonly license: string | null;
  readonly docs: string | null;
};

/** No label set in use comes near; an index above it would make a table of names out of nothing. */
const maximumClasses = 100_000;

/** No network in use takes larger images, nor has a larger stride. */
const maximumSide = 65_536;

/** The classes of networks that files name no task for. `YOLOv10DetectionModel` is of a fork that the package still opens. */
const taskOfClass: ReadonlyMap<string, Task> = new Map([
  ['DetectionModel', 'detect'],
  ['YOLOv10DetectionModel', 'detect'],
  ['SegmentationModel', 'segment'],
  ['PoseModel', 'pose'],
  ['OBBModel', 'obb'],
  ['ClassificationModel', 'classify'],
  ['SemanticSegmentationModel', 'semantic'],
  ['DepthModel', 'depth'],
]);

/** Reads what a checkpoint says about itself; of its weights only the few numbers of its stride. */
export async function readCheckpointFacts(checkpoint: Checkpoint): Promise<CheckpointFacts> {
  const { entries, model } = checkpoint;
  const yaml = entryOf(model, 'yaml');
  const task = checkpointTask(checkpoint);
  const names = namesOf(entryOf(model, 'names'));
  return {
    task,
    names,
    classCount: names.size > 0 ? names.size : classCountOf(entryOf(model, 'nc') ?? entryOf(yaml, 'nc')),
    imageSize: imageSizeOf(checkpoint, task),
    stride: await strideOf(entryOf(model, 'stride')),
    channels: positiveIntegerOf(entryOf(yaml, 'channels') ?? entryOf(yaml, 'ch')) ?? 3,
    keypoints: keypointsOf(entryOf(model, 'kpt_shape') ?? entryOf(yaml, 'kpt_shape'), entryOf(model, 'kpt_names')),
    yamlFile: textOf(entryOf(yaml, 'yaml_file') ?? entryOf(model, 'yaml_file')),
    scale: textOf(entryOf(yaml, 'scale')),
    version: textOf(entries.get('version')),
    date: textOf(entries.get('date')),
    license: textOf(entries.get('license')),
    docs: textOf(entries.get('docs')),
  };
}

/** `model.task` where a file has it, else the task it was trained with, else what its class is for. */
function checkpointTask({ model, entries }: Checkpoint): Task | null {
  const said = [
    entryOf(model, 'task'),
    entryOf(entryOf(model, 'args'), 'task'),
    entryOf(entries.get('train_args'), 'task'),
  ];
  const task = said.flatMap((word) => tasks.filter((known) => known === word))[0];
  return task ?? taskOfClass.get(model.className.split('.').at(-1) ?? '') ?? null;
}

/** `{0: 'person', …}`, or the plain list of older files. An index that is none makes the whole count as absent. */
function namesOf(value: CheckpointValue | undefined): ReadonlyMap<number, string> {
  const entries = value instanceof Map ? [...value] : isSequence(value) ? [...value.entries()] : [];
  const names = new Map<number, string>();
  for (const [key, name] of entries) {
    const index = typeof key === 'string' && /^\d{1,6}$/.test(key) ? Number(key) : key;
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= maximumClasses) return new Map();
    names.set(index, typeof name === 'string' ? name : `class${index}`);
  }
  return new Map([...names].sort(([a], [b]) => a - b));
}

function classCountOf(value: CheckpointValue | undefined): number | null {
  const count = positiveIntegerOf(value);
  return count === null || count > maximumClasses ? null : count;
}

/** The transform of a classification model says at what size it is used; the training arguments what others were trained at. */
function imageSizeOf({ entries, model }: Checkpoint, task: Task | null): CheckpointFacts['imageSize'] {
  const said = [
    task === 'classify' ? resizeOf(entryOf(model, 'transforms')) : undefined,
    entryOf(entries.get('train_args'), 'imgsz'),
    entryOf(entryOf(model, 'args'), 'imgsz'),
  ];
  for (const value of said) {
    const [height, width] = isSequence(value) ? [value[0], value[1] ?? value[0]] : [value, value];
    const sides = { height: positiveIntegerOf(height) ?? 0, width: positiveIntegerOf(width) ?? 0 };
    if (Math.min(sides.height, sides.width) > 0 && Math.max(sides.height, sides.width) <= maximumSide) return sides;
  }
  return task === 'classify' ? { height: 224, width: 224 } : { height: 640, width: 640 };
}

/** The size in `Compose([Resize(size), CenterCrop(size), …])`. */
function resizeOf(transforms: CheckpointValue | undefined): CheckpointValue | undefined {
  const steps = entryOf(transforms, 'transforms');
  if (!isSequence(steps)) return undefined;
  return steps.map((step) => entryOf(step, 'size')).find((size) => size !== undefined);
}

/** Strides of the levels, mostly as a tensor. Three numbers are expected; more than a few are no strides. */
async function strideOf(value: CheckpointValue | undefined): Promise<number> {
  const strides = isTensor(value)
    ? value.shape.reduce((product, length) => product * length, 1) <= 16
      ? [...toFloat32(await value.read(), value.dtype)]
      : []
    : [numberOf(value) ?? 0];
  const largest = Math.max(...strides, 0);
  return Number.isSafeInteger(largest) && largest > 0 && largest <= maximumSide ? largest : 32;
}

function keypointsOf(
  shape: CheckpointValue | undefined,
  names: CheckpointValue | undefined,
): CheckpointFacts['keypoints'] {
  if (!isSequence(shape)) return null;
  const count = positiveIntegerOf(shape[0]);
  const dims = shape[1];
  if (count === null || count > maximumClasses || (dims !== 2 && dims !== 3)) return null;
  const list = names instanceof Map ? [...names.values()][0] : names;
  const words = isSequence(list) ? list.filter((name) => typeof name === 'string') : [];
  return { count, dims, names: words.length === count ? words : null };
}
