import type { CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';
import {
  CheckpointPickler,
  type ModuleDescription,
  type PicklableValue,
  type TensorDescription,
} from '@/lib/engines/model-files/checkpoint/test-support/checkpoint-pickler';
import { torchZip } from '@/lib/engines/model-files/checkpoint/test-support/torch-zip';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';

export type CheckpointDescription = {
  /** Null as in the files of an unfinished training, whose network is `ema`. */
  readonly model: ModuleDescription | null;
  readonly ema?: ModuleDescription | null;
  /** Everything beside the network: date, version, train_args … */
  readonly entries?: Readonly<Record<string, PicklableValue>>;
  /** The folder in the zip; `best` if absent. */
  readonly root?: string;
};

/** A `.pt` file as torch and the Ultralytics package write it, byte for byte of their kind: protocol 2, aligned, little-endian. */
export function writeCheckpoint({ model, ema, entries = {}, root }: CheckpointDescription): Uint8Array {
  const network = ema === undefined ? { model } : { model, ema };
  return writeTorchFile(new Map<string, PicklableValue>(Object.entries({ ...entries, ...network })), root);
}

/** What `torch.save(value)` would write, for files that are no checkpoints: a bare module, a state dict. */
export function writeTorchFile(value: PicklableValue, root = 'best'): Uint8Array {
  const pickler = new CheckpointPickler();
  return zipOf(pickler.pickle(value), pickler.storages, root);
}

/** A torch zip around any pickle and storages, for the hostile and the damaged. */
export function zipOf(pickle: Uint8Array, storages: readonly Uint8Array[] = [], root = 'best'): Uint8Array {
  return torchZip(root, [
    { name: 'data.pkl', bytes: pickle },
    { name: 'byteorder', bytes: Buffer.from('little') },
    ...storages.map((bytes, key) => ({ name: `data/${key}`, bytes })),
    { name: 'version', bytes: Buffer.from('3\n') },
    { name: '.data/serialization_id', bytes: Buffer.from('0'.repeat(40)) },
  ]);
}

/** The description of a module tree that exists in memory, so that any network made for a test can be written as a file. */
export async function describeModule(module: ModuleNode): Promise<ModuleDescription> {
  return describeOnce(module, new Map());
}

/** Modules that stand in several places are described once, and so are shared in the file too. */
async function describeOnce(module: ModuleNode, known: Map<ModuleNode, ModuleDescription>): Promise<ModuleDescription> {
  const shared = known.get(module);
  if (shared !== undefined) return shared;
  const children: Record<string, ModuleDescription | null> = {};
  for (const [name, child] of module.children)
    children[name] = child === null ? null : await describeOnce(child, known);
  const description: ModuleDescription = {
    className: module.className,
    attributes: await describeEntries(module.attributes),
    parameters: await describeTensors(module.parameters),
    buffers: await describeTensors(module.buffers),
    children,
  };
  known.set(module, description);
  return description;
}

async function describeEntries(entries: ReadonlyMap<string, CheckpointValue>): Promise<Record<string, PicklableValue>> {
  const described: Record<string, PicklableValue> = {};
  for (const [name, value] of entries) described[name] = await describeValue(value);
  return described;
}

async function describeTensors(tensors: ModuleNode['parameters']): Promise<Record<string, TensorDescription | null>> {
  const described: Record<string, TensorDescription | null> = {};
  for (const [name, tensor] of tensors) {
    const values = tensor === null ? null : toFloat32(await tensor.read(), tensor.dtype);
    described[name] = tensor === null || values === null ? null : { dtype: tensor.dtype, shape: tensor.shape, values };
  }
  return described;
}

async function describeValue(value: CheckpointValue): Promise<PicklableValue> {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (Array.isArray(value)) return Promise.all(value.map(describeValue));
  if (value instanceof Map) {
    const entries = [...value].map(
      async ([key, member]) => [await describeValue(key), await describeValue(member)] as const,
    );
    return new Map(await Promise.all(entries));
  }
  if (typeof value === 'object' && 'kind' in value && value.kind === 'tensor') {
    return { dtype: value.dtype, shape: value.shape, values: toFloat32(await value.read(), value.dtype) };
  }
  throw new Error('an attribute of this kind cannot be written');
}
