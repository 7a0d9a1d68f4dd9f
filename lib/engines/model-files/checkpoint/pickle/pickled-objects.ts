import type { CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { quoted } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { isModule, isSequence, isTensor } from '@/lib/engines/model-files/checkpoint/checkpoint-values';
import { AllowedGlobal } from '@/lib/engines/model-files/checkpoint/pickle/allowed-globals';
import type { PickleMachine } from '@/lib/engines/model-files/checkpoint/pickle/pickle-machine';
import {
  isDictionary,
  NumpyDtype,
  PickledModule,
  PickledObject,
} from '@/lib/engines/model-files/checkpoint/pickle/pickled-values';

/** State of every module that the package's code never reads at inference: hooks, and what torch keeps about buffers. */
const bookkeeping =
  /^_.*hooks(_.*)?$|^_(non_persistent_buffers_set|is_full_backward_hook|forward_pre_hooks_with_kwargs)$/;

/** NEWOBJ: an empty record of the class. Python would call `__new__` of it here; nothing is called. */
export function newObject(
  type: CheckpointValue,
  values: CheckpointValue,
  machine: PickleMachine,
): PickledModule | PickledObject {
  if (!(type instanceof AllowedGlobal)) throw machine.misused('makes an object of what is no class');
  if (!isSequence(values) || values.length > 0) throw machine.misused(`makes a ${quoted(type.name)} out of values`);
  if (type.role === 'module') return machine.made(new PickledModule(type.name));
  if (type.role === 'object') return machine.made(new PickledObject(type.name));
  throw machine.misused(`makes an object of ${quoted(type.name)}`);
}

/** BUILD: what was set on an object, its `__dict__`. */
export function buildObject(target: CheckpointValue, state: CheckpointValue, machine: PickleMachine): void {
  if (target instanceof NumpyDtype) {
    target.littleEndian = !(isSequence(state) && state[1] === '>');
    return;
  }
  if (!isDictionary(state)) throw machine.malformed('describes an object with what is no dictionary');
  machine.copied(state.size);
  if (target instanceof PickledModule) fillModule(target, state, machine);
  else if (target instanceof PickledObject) fillObject(target, state, machine);
  else throw machine.malformed('describes what is no object');
}

type State = ReadonlyMap<CheckpointValue, CheckpointValue>;

function fillObject(target: PickledObject, state: State, machine: PickleMachine): void {
  for (const [key, value] of state) target.attributes.set(word(key, machine), value);
}

function fillModule(module: PickledModule, state: State, machine: PickleMachine): void {
  for (const [name, value] of state) {
    const key = word(name, machine);
    if (key === '_parameters') fillTensors(module.parameters, value, machine);
    else if (key === '_buffers') fillTensors(module.buffers, value, machine);
    else if (key === '_modules') fillChildren(module, value, machine);
    else if (!bookkeeping.test(key)) module.attributes.set(key, value);
  }
}

function fillTensors(tensors: PickledModule['parameters'], value: CheckpointValue, machine: PickleMachine): void {
  for (const [name, tensor] of membersOf(value, machine)) {
    if (tensor !== null && !isTensor(tensor)) throw machine.malformed('has a weight that is no tensor');
    tensors.set(word(name, machine), tensor);
  }
}

function fillChildren(module: PickledModule, value: CheckpointValue, machine: PickleMachine): void {
  for (const [name, child] of membersOf(value, machine)) {
    if (child !== null && !isModule(child)) throw machine.malformed('has a layer that is no network module');
    module.children.set(word(name, machine), child);
  }
}

function membersOf(value: CheckpointValue, machine: PickleMachine): State {
  if (!isDictionary(value)) throw machine.malformed('keeps the parts of a module in what is no dictionary');
  machine.copied(value.size);
  return value;
}

function word(key: CheckpointValue, machine: PickleMachine): string {
  if (typeof key !== 'string') throw machine.malformed('has a part without a name');
  return key;
}
