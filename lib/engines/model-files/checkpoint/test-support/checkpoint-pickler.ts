import { present } from '@/lib/core/assert';
import type { TorchDtype } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { PickleWriter } from '@/lib/engines/model-files/checkpoint/test-support/pickle-writer';
import { tensorData } from '@/lib/engines/model-files/checkpoint/test-support/tensor-data';
import { storageClasses } from '@/lib/engines/model-files/checkpoint/torch-dtypes';

/** A tensor by its values in row-major order, which are stored in `dtype`. */
export type TensorDescription = {
  readonly dtype: TorchDtype;
  readonly shape: readonly number[];
  readonly values: Float32Array;
};

export type ModuleDescription = {
  /** With its module path: `ultralytics.nn.modules.conv.Conv`. */
  readonly className: string;
  readonly attributes?: Readonly<Record<string, PicklableValue>>;
  readonly parameters?: Readonly<Record<string, TensorDescription | null>>;
  readonly buffers?: Readonly<Record<string, TensorDescription | null>>;
  /** The same description in several places is one shared module in the file. */
  readonly children?: Readonly<Record<string, ModuleDescription | null>>;
};

/** An object of a class that is no module: `torchvision.transforms.transforms.Resize`. */
type ObjectDescription = {
  readonly objectOf: string;
  readonly attributes: Readonly<Record<string, PicklableValue>>;
};

/** Values as Python has them. Arrays are lists; whole numbers are ints. */
export type PicklableValue =
  | null
  | boolean
  | number
  | string
  | readonly PicklableValue[]
  | ReadonlyMap<PicklableValue, PicklableValue>
  | TensorDescription
  | ModuleDescription
  | ObjectDescription;

/** The hook dictionaries that torch writes into every module's state, some of them. */
const hookDictionaries = ['_backward_hooks', '_forward_hooks', '_forward_pre_hooks', '_state_dict_hooks'];

/** Writes values as torch's pickler does, and collects the storages that the pickle refers to. */
export class CheckpointPickler {
  /** Bytes of each storage; its index is its key. */
  readonly storages: Uint8Array[] = [];
  readonly #writer = new PickleWriter();
  readonly #memo = new Map<unknown, number>();

  pickle(value: PicklableValue): Uint8Array {
    this.#writer.protocol();
    this.#value(value);
    return this.#writer.finish();
  }

  #value(value: PicklableValue): void {
    if (value === null) this.#writer.op('NONE');
    else if (typeof value === 'boolean') this.#writer.op(value ? 'NEWTRUE' : 'NEWFALSE');
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'string') this.#once(value, () => this.#writer.text(value));
    else if (value instanceof Map) this.#dictionary(value);
    else if (Array.isArray(value)) this.#list(value);
    else if ('dtype' in value) this.#tensor(value);
    else if ('objectOf' in value) this.#object(value, value.objectOf, value.attributes);
    else if ('className' in value) this.#module(value);
  }

  #number(value: number): void {
    if (Number.isSafeInteger(value)) this.#writer.integer(value);
    else this.#writer.float(value);
  }

  #list(values: readonly PicklableValue[]): void {
    this.#writer.op('EMPTY_LIST').op('MARK');
    for (const value of values) this.#value(value);
    this.#writer.op('APPENDS');
  }

  #dictionary(entries: Iterable<readonly [PicklableValue, PicklableValue]>): void {
    this.#writer.op('EMPTY_DICT').op('MARK');
    for (const [key, value] of entries) {
      this.#value(key);
      this.#value(value);
    }
    this.#writer.op('SETITEMS');
  }

  #tuple(numbers: readonly number[]): void {
    this.#writer.op('MARK');
    for (const number of numbers) this.#writer.integer(number);
    this.#writer.op('TUPLE');
  }

  #module(description: ModuleDescription): void {
    const shared = this.#memo.get(description);
    if (shared !== undefined) {
      this.#writer.get(shared);
      return;
    }
    const { className, attributes = {}, parameters = {}, buffers = {}, children = {} } = description;
    const hooks = hookDictionaries.map((name): [string, PicklableValue] => [name, new Map()]);
    this.#object(description, className, {
      training: false,
      _parameters: new Map(Object.entries(parameters)),
      _buffers: new Map(Object.entries(buffers)),
      ...Object.fromEntries(hooks),
      _modules: new Map(Object.entries(children)),
      ...attributes,
    });
  }

  #object(identity: object, className: string, state: Readonly<Record<string, PicklableValue>>): void {
    this.#global(className);
    this.#writer.ops('EMPTY_TUPLE', 'NEWOBJ');
    this.#memo.set(identity, this.#writer.memoise());
    this.#dictionary(Object.entries(state));
    this.#writer.op('BUILD');
  }

  /** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)`. */
  #tensor({ dtype, shape, values }: TensorDescription): void {
    const key = this.storages.push(tensorData(values, dtype)) - 1;
    this.#global('torch._utils._rebuild_tensor_v2');
    this.#writer.ops('MARK', 'MARK');
    this.#value('storage');
    this.#global(storageClassOf(dtype));
    this.#value(String(key));
    this.#value('cpu');
    this.#writer.integer(values.length).ops('TUPLE', 'BINPERSID').integer(0);
    this.#tuple(shape);
    this.#tuple(rowMajorStride(shape));
    this.#writer.op('NEWFALSE');
    this.#global('collections.OrderedDict');
    this.#writer.ops('EMPTY_TUPLE', 'REDUCE', 'TUPLE', 'REDUCE');
  }

  #global(path: string): void {
    const split = path.lastIndexOf('.');
    this.#once(`global ${path}`, () => this.#writer.global(path.slice(0, split), path.slice(split + 1)));
  }

  /** Writes a thing where it first comes and refers back to it afterwards. */
  #once(key: unknown, write: () => void): void {
    const known = this.#memo.get(key);
    if (known !== undefined) {
      this.#writer.get(known);
      return;
    }
    write();
    this.#memo.set(key, this.#writer.memoise());
  }
}

function storageClassOf(dtype: TorchDtype): string {
  const found = [...storageClasses].find(([, stored]) => stored === dtype);
  return present(found, `the storage class of ${dtype}`)[0];
}

function rowMajorStride(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let step = 1;
  for (const length of shape.toReversed()) {
    strides.unshift(step);
    step *= Math.max(length, 1);
  }
  return strides;
}
