import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import type { TreeOptions } from '@/lib/engines/architecture/test-support/module-trees/tree-context';
import { describeModule, writeCheckpoint } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';

/** A small network of a family with random weights, as the `.pt` that training would have written. */
export async function familyFile(family: string, options: Partial<TreeOptions> = {}): Promise<Uint8Array> {
  const { model, entries } = familyCheckpoint(familyNamed(family), options);
  const words = [...entries].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  return writeCheckpoint({ model: await describeModule(model), entries: Object.fromEntries(words) });
}
