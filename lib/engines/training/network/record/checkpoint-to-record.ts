import { unreachable } from '@/lib/core/assert';
import type {
  Checkpoint,
  CheckpointTensor,
  CheckpointValue,
  ModuleNode,
} from '@/lib/engines/model-files/checkpoint/checkpoint';
import { oversizedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { isMapping, isSequence } from '@/lib/engines/model-files/checkpoint/checkpoint-values';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';
import { elementsOf } from '@/lib/engines/training/network/memory-tensor';
import {
  type CheckpointRecord,
  deepestRecord,
  keptEntries,
  type ModuleRecord,
  type TensorRecord,
  type ValueRecord,
} from '@/lib/engines/training/network/record/checkpoint-record';

/** Values of all kinds that the record of a genuine network has some thousands of. */
const mostValues = 500_000;

/**
 * A checkpoint as JSON and one flat vector, from which `checkpointFromRecord` makes one that builds and converts alike. Tensors
 * are in single precision; of the file's entries only those that describe the network are kept.
 * Rejects with a `Fault`: `model-too-large` for trees that no network has, `model-damaged` for tensors that cannot be read.
 */
export async function checkpointToRecord(
  checkpoint: Checkpoint,
): Promise<{ readonly record: CheckpointRecord; readonly numbers: Float32Array }> {
  const writer = new RecordWriter();
  const root = writer.module(checkpoint.model, 0);
  const entries = keptEntries.flatMap((name): [string, ValueRecord][] => {
    const value = checkpoint.entries.get(name);
    return value === undefined ? [] : [[name, writer.value(value, 0)]];
  });
  return { record: { version: 1, modules: writer.modules, root, entries }, numbers: await writer.numbers() };
}

class RecordWriter {
  readonly modules: ModuleRecord[] = [];
  readonly #known = new Map<ModuleNode, number>();
  readonly #offsets = new Map<CheckpointTensor, number>();
  #length = 0;
  #valuesLeft = mostValues;

  module(node: ModuleNode, depth: number): number {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    this.#spend(depth);
    const tensors = (own: ModuleNode['parameters']) =>
      Array.from(own, ([name, tensor]) => [name, tensor === null ? null : this.#tensor(tensor)] as const);
    const record: ModuleRecord = {
      className: node.className,
      attributes: this.#values(node.attributes, depth + 1),
      parameters: tensors(node.parameters),
      buffers: tensors(node.buffers),
      children: Array.from(node.children, ([name, child]) => [
        name,
        child === null ? null : this.module(child, depth + 1),
      ]),
    };
    this.#known.set(node, this.modules.length);
    return this.modules.push(record) - 1;
  }

  value(value: CheckpointValue, depth: number): ValueRecord {
    this.#spend(depth);
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') return numberRecord(value);
    if (typeof value === 'bigint') return { bigint: String(value) };
    // What no module's meaning hangs on: pickled images, states of generators.
    if (value instanceof Uint8Array) return null;
    if (isMapping(value)) {
      return { map: Array.from(value, ([key, entry]) => [this.value(key, depth + 1), this.value(entry, depth + 1)]) };
    }
    if (isSequence(value)) return { list: value.map((entry) => this.value(entry, depth + 1)) };
    switch (value.kind) {
      case 'tensor':
        return { tensor: this.#tensor(value) };
      case 'object':
        return { object: { className: value.className, attributes: this.#values(value.attributes, depth + 1) } };
      case 'marker':
        return { marker: value.name };
      case 'module':
        return { module: this.module(value, depth + 1) };
      default:
        return unreachable(value);
    }
  }

  async numbers(): Promise<Float32Array> {
    const flat = new Float32Array(this.#length);
    for (const [tensor, offset] of this.#offsets) flat.set(toFloat32(await tensor.read(), tensor.dtype), offset);
    return flat;
  }

  #values(values: ReadonlyMap<string, CheckpointValue>, depth: number): readonly (readonly [string, ValueRecord])[] {
    return Array.from(values, ([name, value]) => [name, this.value(value, depth)]);
  }

  #tensor(tensor: CheckpointTensor): TensorRecord {
    const known = this.#offsets.get(tensor);
    const offset = known ?? this.#length;
    if (known === undefined) {
      this.#offsets.set(tensor, offset);
      this.#length += elementsOf(tensor.shape);
    }
    return { shape: tensor.shape, offset };
  }

  /** A tree may hold itself, or the same parts many times over. */
  #spend(depth: number): void {
    this.#valuesLeft -= 1;
    if (this.#valuesLeft < 0) throw oversizedCheckpoint('it describes more than any network has');
    if (depth > deepestRecord) throw oversizedCheckpoint('its parts are nested far beyond any real network');
  }
}

function numberRecord(value: number): ValueRecord {
  if (Number.isNaN(value)) return { number: 'NaN' };
  if (!Number.isFinite(value)) return { number: value > 0 ? 'Infinity' : '-Infinity' };
  return Object.is(value, -0) ? { number: '-0' } : value;
}
