import type {
  CheckpointObject,
  CheckpointTensor,
  CheckpointValue,
  ModuleNode,
} from '@/lib/engines/model-files/checkpoint/checkpoint';

type OfKind = CheckpointTensor | CheckpointObject | ModuleNode;

/** What stands under a key of a dictionary, or under a name of an object (`model.args` is either); undefined if nothing does. */
export function entryOf(owner: CheckpointValue | undefined, key: string): CheckpointValue | undefined {
  if (isMapping(owner)) return owner.get(key);
  if (isObject(owner) || isModule(owner)) return owner.attributes.get(key);
  return undefined;
}

/** Text that says something: Python's habit of writing None as a word counts as nothing. */
export function textOf(value: CheckpointValue | undefined): string | null {
  return typeof value === 'string' && value !== '' && value !== 'None' ? value : null;
}

export function numberOf(value: CheckpointValue | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function positiveIntegerOf(value: CheckpointValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
}

export function isSequence(value: CheckpointValue | undefined): value is readonly CheckpointValue[] {
  return Array.isArray(value);
}

/** A dictionary. `instanceof Map` alone does not see a readonly one. */
export function isMapping(value: CheckpointValue | undefined): value is ReadonlyMap<CheckpointValue, CheckpointValue> {
  return value instanceof Map;
}

export function isModule(value: CheckpointValue | undefined): value is ModuleNode {
  return kindOf(value) === 'module';
}

export function isTensor(value: CheckpointValue | undefined): value is CheckpointTensor {
  return kindOf(value) === 'tensor';
}

function isObject(value: CheckpointValue | undefined): value is CheckpointObject {
  return kindOf(value) === 'object';
}

function kindOf(value: CheckpointValue | undefined): OfKind['kind'] | 'marker' | null {
  return typeof value === 'object' && value !== null && 'kind' in value ? value.kind : null;
}
