import type {
  Checkpoint,
  CheckpointTensor,
  CheckpointValue,
  ModuleNode,
} from '@/lib/engines/model-files/checkpoint/checkpoint';
import { damagedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { elementsOf, memoryTensor } from '@/lib/engines/training/network/memory-tensor';
import { deepestRecord } from '@/lib/engines/training/network/record/checkpoint-record';

/**
 * The checkpoint of a record that was JSON in between, and of its flat vector; its tensors are views of that. Nothing of the
 * record is believed: throws a `Fault` (`model-damaged`) where it is not whole.
 */
export function checkpointFromRecord(record: unknown, numbers: Float32Array): Checkpoint {
  const { version, modules, root, entries } = fieldsOf(record);
  if (version !== 1) throw damaged('of another version');
  const reader = new RecordReader(numbers);
  for (const module of listOf(modules)) reader.add(module);
  const model = reader.module(root);
  return {
    which: 'model',
    model,
    entries: reader.named(entries, (value) => reader.value(value, 0)),
    globals: [],
    sizeBytes: numbers.byteLength,
  };
}

class RecordReader {
  readonly #numbers: Float32Array;
  readonly #modules: ModuleNode[] = [];

  constructor(numbers: Float32Array) {
    this.#numbers = numbers;
  }

  /** Modules refer only to those before them, so that no tree holds itself. */
  add(record: unknown): void {
    const { className, attributes, parameters, buffers, children } = fieldsOf(record);
    const tensor = (value: unknown) => (value === null ? null : this.#tensor(value));
    this.#modules.push({
      kind: 'module',
      className: textOf(className),
      attributes: this.named(attributes, (value) => this.value(value, 0)),
      parameters: this.named(parameters, tensor),
      buffers: this.named(buffers, tensor),
      children: this.named(children, (value) => (value === null ? null : this.module(value))),
    });
  }

  module(index: unknown): ModuleNode {
    const node = typeof index === 'number' ? this.#modules[index] : undefined;
    if (node === undefined) throw damaged('without a module that it names');
    return node;
  }

  named<T>(record: unknown, read: (value: unknown) => T): ReadonlyMap<string, T> {
    return new Map(listOf(record).map((pair) => [textOf(listOf(pair)[0]), read(listOf(pair)[1])]));
  }

  value(record: unknown, depth: number): CheckpointValue {
    if (depth > deepestRecord) throw damaged('nested too deeply');
    if (record === null || typeof record === 'boolean' || typeof record === 'string' || typeof record === 'number') {
      return record;
    }
    const [[kind, content] = [], ...others] = Object.entries(fieldsOf(record));
    if (kind === undefined || others.length > 0) throw damaged('with a value of no kind');
    return this.#valueOfKind(kind, content, depth + 1);
  }

  #valueOfKind(kind: string, content: unknown, depth: number): CheckpointValue {
    switch (kind) {
      case 'list':
        return listOf(content).map((entry) => this.value(entry, depth));
      case 'map':
        return new Map(
          listOf(content).map((pair) => [this.value(listOf(pair)[0], depth), this.value(listOf(pair)[1], depth)]),
        );
      case 'number':
        return Number(textOf(content));
      case 'bigint':
        return bigintOf(textOf(content));
      case 'tensor':
        return this.#tensor(content);
      case 'object': {
        const { className, attributes } = fieldsOf(content);
        return {
          kind,
          className: textOf(className),
          attributes: this.named(attributes, (value) => this.value(value, depth)),
        };
      }
      case 'marker':
        return { kind, name: textOf(content) };
      case 'module':
        return this.module(content);
      default:
        throw damaged('with a value of no known kind');
    }
  }

  #tensor(record: unknown): CheckpointTensor {
    const { shape, offset } = fieldsOf(record);
    const lengths = listOf(shape).filter(isCount);
    const count = elementsOf(lengths);
    const isWhole =
      lengths.length === listOf(shape).length && isCount(offset) && offset + count <= this.#numbers.length;
    if (!isWhole) throw damaged('with a tensor that is not whole');
    return memoryTensor(lengths, this.#numbers.subarray(offset, offset + count));
  }
}

/** The fields of an object; whatever else it is has none. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) throw damaged('with something else where a record was expected');
  return { ...value };
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw damaged('with something else where a list was expected');
  return value;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw damaged('with something else where a text was expected');
  return value;
}

function bigintOf(text: string): bigint {
  if (!/^-?\d{1,1000}$/.test(text)) throw damaged('with a number that is none');
  return BigInt(text);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function damaged(what: string) {
  return damagedCheckpoint(`the record of its network is ${what}`);
}
