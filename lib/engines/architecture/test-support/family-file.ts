import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import type { TreeOptions } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import type {
  ModuleDescription,
  TensorDescription,
} from '@/lib/engines/model-files/checkpoint/test-support/checkpoint-pickler';
import { describeModule, writeCheckpoint } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';

/** A small network of a family with random weights, as the `.pt` that training would have written. */
export async function familyFile(family: string, options: Partial<TreeOptions> = {}): Promise<Uint8Array> {
  const { model, entries } = familyCheckpoint(familyNamed(family), options);
  return writeCheckpoint({ model: await describeModule(model), entries: wordsOf(entries) });
}

/** The same with its weights in half precision, as finished trainings keep them. */
export async function halfFamilyFile(family: string, options: Partial<TreeOptions> = {}): Promise<Uint8Array> {
  const { model, entries } = familyCheckpoint(familyNamed(family), options);
  return writeCheckpoint({ model: inHalf(await describeModule(model), new Map()), entries: wordsOf(entries) });
}

function wordsOf(entries: ReturnType<typeof familyCheckpoint>['entries']): Record<string, string> {
  return Object.fromEntries(
    [...entries].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
}

/** Modules that stand in several places stay one. */
function inHalf(module: ModuleDescription, known: Map<ModuleDescription, ModuleDescription>): ModuleDescription {
  const shared = known.get(module);
  if (shared !== undefined) return shared;
  const half = {
    ...module,
    parameters: mapped(module.parameters, halfTensor),
    buffers: mapped(module.buffers, halfTensor),
    children: mapped(module.children, (child) => inHalf(child, known)),
  };
  known.set(module, half);
  return half;
}

function halfTensor(tensor: TensorDescription): TensorDescription {
  return tensor.dtype === 'float32' ? { ...tensor, dtype: 'float16' } : tensor;
}

function mapped<T>(record: Readonly<Record<string, T | null>> | undefined, map: (value: T) => T) {
  const entries = Object.entries(record ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name, value === null ? null : map(value)]));
}
