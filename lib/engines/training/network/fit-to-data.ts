import { Fault } from '@/lib/core/fault';
import type { Checkpoint, CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import { quoted } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { isMapping } from '@/lib/engines/model-files/checkpoint/checkpoint-values';
import { createRandom } from '@/lib/engines/training/augment/seeded-random';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { fittedHead } from '@/lib/engines/training/network/fitted-head';

/** What a network is to be trained on. */
export type DataFacts = {
  readonly task: ObjectTask | 'classify';
  /** Of the classes, by index. */
  readonly names: readonly string[];
  /** Of poses; null for all other tasks. */
  readonly keypoints: { readonly count: number; readonly dims: 2 | 3; readonly names?: readonly string[] } | null;
  /** What the data is called in descriptions: `birds.yaml`. */
  readonly source: string;
  /** Of the training images in pixels. */
  readonly imgsz: number;
  /** Of the weights that are made anew. */
  readonly seed: number;
};

/**
 * The checkpoint as it is to be trained on this data: its names are the data's, and where it tells other numbers of classes or
 * keypoints apart, the last layers that do are made anew; everything else keeps what it has learnt. Licence and version stay
 * the checkpoint's own.
 *
 * Rejects with a `Fault` (`input-invalid`) where the checkpoint is of another task, (`model-unsupported`) where its head is not
 * made as its class is.
 */
export async function fitToData(checkpoint: Checkpoint, data: DataFacts): Promise<Checkpoint> {
  const { task } = await readCheckpointFacts(checkpoint);
  if (task !== data.task) throw otherTask(task, data.task);
  const { model } = checkpoint;
  const layers = model.children.get('model');
  const [place, head] = [...(layers?.children ?? [])].at(-1) ?? [];
  if (!layers || place === undefined || !head) throw otherTask(null, data.task);
  const fitted = await fittedHead(head, data, createRandom(data.seed));
  const sequence: ModuleNode = { ...layers, children: new Map(layers.children).set(place, fitted) };
  return {
    ...checkpoint,
    model: {
      ...model,
      attributes: modelAttributes(model, data),
      children: new Map(model.children).set('model', sequence),
    },
    entries: new Map(checkpoint.entries).set('train_args', trainArguments(data)),
  };
}

function modelAttributes({ attributes }: ModuleNode, data: DataFacts): ReadonlyMap<string, CheckpointValue> {
  const { names, keypoints } = data;
  const shape = keypoints === null ? [] : [['kpt_shape', [keypoints.count, keypoints.dims]] as const];
  const said = new Map([...attributes].filter(([name]) => name !== 'kpt_names'));
  const yaml = attributes.get('yaml');
  return new Map<string, CheckpointValue>([
    ...said,
    [
      'yaml',
      new Map<CheckpointValue, CheckpointValue>([...(isMapping(yaml) ? yaml : []), ['nc', names.length], ...shape]),
    ],
    ['names', new Map<CheckpointValue, CheckpointValue>(names.entries())],
    ['nc', names.length],
    ['args', trainArguments(data)],
    ...shape,
    ...(keypoints?.names
      ? [['kpt_names', new Map<CheckpointValue, CheckpointValue>([[0, keypoints.names]])] as const]
      : []),
  ]);
}

function trainArguments({ task, imgsz, source }: DataFacts): ReadonlyMap<CheckpointValue, CheckpointValue> {
  return new Map<CheckpointValue, CheckpointValue>([
    ['task', task],
    ['data', source],
    ['imgsz', imgsz],
  ]);
}

function otherTask(found: string | null, wanted: string): Fault {
  return new Fault({
    code: 'input-invalid',
    found: `The data is for the task ${wanted}, and the checkpoint ${found === null ? 'does not say its task' : `is for ${quoted(found)}`}.`,
    remedy: `Start from a checkpoint for ${wanted}, such as sightline-n, or choose other data.`,
  });
}
