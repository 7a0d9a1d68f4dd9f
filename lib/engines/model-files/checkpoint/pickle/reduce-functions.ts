import type {
  CheckpointMarker,
  CheckpointTensor,
  CheckpointValue,
} from '@/lib/engines/model-files/checkpoint/checkpoint';
import { quoted } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { isSequence, isTensor } from '@/lib/engines/model-files/checkpoint/checkpoint-values';
import { AllowedGlobal } from '@/lib/engines/model-files/checkpoint/pickle/allowed-globals';
import { scalarOf } from '@/lib/engines/model-files/checkpoint/pickle/numpy-scalar';
import type { PickleMachine } from '@/lib/engines/model-files/checkpoint/pickle/pickle-machine';
import {
  isGrowing,
  NumpyDtype,
  PickledModule,
  TorchStorage,
} from '@/lib/engines/model-files/checkpoint/pickle/pickled-values';

type Reduction = (values: readonly CheckpointValue[], machine: PickleMachine) => CheckpointValue;

/** Axes of a tensor; YOLO has four. */
const maximumAxes = 16;

/** What each function on the list means to a reader that calls none of them. */
const reductions: ReadonlyMap<string, Reduction> = new Map<string, Reduction>([
  ['collections.OrderedDict', orderedDictionary],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_parameter', rebuildParameter],
  ['torch.Size', size],
  ['torch.device', device],
  ['__builtin__.set', set],
  ['builtins.set', set],
  ['__builtin__.getattr', boundName],
  ['builtins.getattr', boundName],
  ['torchvision.transforms.functional.InterpolationMode', interpolation],
  ...['pathlib', 'pathlib._local'].flatMap((module) =>
    ['PosixPath', 'PurePosixPath', 'WindowsPath', 'PureWindowsPath'].map((name): [string, Reduction] => [
      `${module}.${name}`,
      path,
    ]),
  ),
  ['numpy.core.multiarray.scalar', numpyScalar],
  ['numpy._core.multiarray.scalar', numpyScalar],
  ['numpy.dtype', numpyDtype],
  ['_codecs.encode', encode],
]);

/** REDUCE: Python would call `callable` with `values`. Here each listed function has an inert meaning, and no other has any. */
export function reduceFunction(
  callable: CheckpointValue,
  values: CheckpointValue,
  machine: PickleMachine,
): CheckpointValue {
  if (!(callable instanceof AllowedGlobal)) throw machine.misused('calls what is no function');
  const reduction = reductions.get(callable.name);
  if (reduction === undefined || !isSequence(values)) {
    throw machine.misused(`calls ${quoted(callable.name)}`);
  }
  return reduction(values, machine);
}

/** Made empty and filled by SETITEMS; older Pythons hand over the pairs at once. */
function orderedDictionary(values: readonly CheckpointValue[], machine: PickleMachine): CheckpointValue {
  const dictionary = machine.made(new Map<CheckpointValue, CheckpointValue>());
  const pairs = values[0] ?? [];
  if (!isSequence(pairs)) throw machine.malformed('makes a dictionary of what are no pairs');
  machine.copied(pairs.length);
  for (const pair of pairs) {
    if (!isSequence(pair) || pair.length !== 2) throw machine.malformed('makes a dictionary of what are no pairs');
    dictionary.set(pair[0], pair[1]);
  }
  return dictionary;
}

/** `(storage, offset, size, stride, requires_grad, hooks[, metadata])`, offset and stride in elements. */
function rebuildTensor(values: readonly CheckpointValue[], machine: PickleMachine): CheckpointTensor {
  const [storage, offset, shape, stride] = values;
  if (!(storage instanceof TorchStorage)) throw machine.malformed('makes a tensor without a storage');
  if (!isCount(offset) || !isCounts(shape) || !isCounts(stride) || shape.length !== stride.length) {
    throw machine.malformed('makes a tensor whose shape or stride is none');
  }
  return machine.made(machine.makeTensor(storage, { shape, stride, offset }));
}

function rebuildParameter([tensor]: readonly CheckpointValue[], machine: PickleMachine): CheckpointValue {
  if (isTensor(tensor)) return tensor;
  throw machine.malformed('makes a parameter of what is no tensor');
}

function size([shape]: readonly CheckpointValue[], machine: PickleMachine): CheckpointValue {
  if (!isCounts(shape)) throw machine.malformed('makes a size of what are no lengths');
  return shape;
}

function device([kind]: readonly CheckpointValue[], machine: PickleMachine): CheckpointValue {
  if (typeof kind !== 'string') throw machine.malformed('names a device without words');
  return kind;
}

/** The list that it was made of, shared: an inert reading has no need of a copy. */
function set([members]: readonly CheckpointValue[], machine: PickleMachine): CheckpointValue {
  if (members === undefined) return machine.made([]);
  if (!isGrowing(members)) throw machine.malformed('makes a set of what is no list');
  return members;
}

/** `getattr(module, 'forward_fuse')` or `getattr(InterpolationMode, 'BILINEAR')`: kept as words and never looked up. */
function boundName([target, name]: readonly CheckpointValue[], machine: PickleMachine): CheckpointMarker {
  const owner = target instanceof PickledModule ? target.className : isInterpolation(target) ? target.name : null;
  if (owner === null || typeof name !== 'string' || !/^[A-Za-z]\w{0,63}$/.test(name)) {
    throw machine.misused(`reaches for ${quoted(typeof name === 'string' ? name : 'a part')} of what is no module`);
  }
  return machine.made({ kind: 'marker', name: `${owner}.${name}` });
}

function isInterpolation(value: CheckpointValue | undefined): value is AllowedGlobal {
  return value instanceof AllowedGlobal && value.name === 'torchvision.transforms.functional.InterpolationMode';
}

/** `InterpolationMode('bilinear')`, as Python 3.12 writes it. */
function interpolation([mode]: readonly CheckpointValue[], machine: PickleMachine): CheckpointValue {
  if (typeof mode !== 'string') throw machine.malformed('names an interpolation without words');
  return mode;
}

function path(parts: readonly CheckpointValue[], machine: PickleMachine): string {
  const words = parts.filter((part) => typeof part === 'string');
  if (words.length !== parts.length) throw machine.malformed('has a path that is none');
  machine.copied(words.reduce((sum, part) => sum + part.length + 1, 0));
  return words.join('/').replace(/^\/\//, '/');
}

/** `('f8', False, True)`. */
function numpyDtype([name]: readonly CheckpointValue[], machine: PickleMachine): NumpyDtype {
  if (typeof name !== 'string') throw machine.malformed('names a type of numbers without words');
  return machine.made(new NumpyDtype(name));
}

/** `(dtype, bytes)`: one number. */
function numpyScalar([dtype, bytes]: readonly CheckpointValue[], machine: PickleMachine): CheckpointValue {
  const value = dtype instanceof NumpyDtype && bytes instanceof Uint8Array ? scalarOf(dtype, bytes) : null;
  if (value === null) throw machine.malformed('has a number that cannot be read');
  return value;
}

/** Protocol 2 has no bytes: they are written as text, each character one of them. */
function encode([text, encoding]: readonly CheckpointValue[], machine: PickleMachine): Uint8Array {
  if (typeof text !== 'string' || encoding !== 'latin1') throw machine.malformed('has bytes that cannot be read');
  machine.copied(text.length);
  const bytes = machine.made(new Uint8Array(text.length));
  for (let index = 0; index < bytes.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

function isCounts(value: CheckpointValue | undefined): value is readonly number[] {
  return isSequence(value) && value.length <= maximumAxes && value.every(isCount);
}

function isCount(value: CheckpointValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
