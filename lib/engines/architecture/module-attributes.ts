import { type BuildContext, misfit } from '@/lib/engines/architecture/module-builder';
import type { Pair } from '@/lib/engines/graph/window';
import type { CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** An attribute that is a finite number. `fallback` stands in where it is absent (class defaults are not saved). */
export function numberAttribute(context: BuildContext, node: ModuleNode, name: string, fallback?: number): number {
  const value = node.attributes.get(name) ?? fallback;
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw misfit(context, node, `has no number “${name}”`);
  return number;
}

/** An attribute that is a whole number from `least` up. */
export function countAttribute(
  context: BuildContext,
  node: ModuleNode,
  name: string,
  { fallback, least = 1 }: { readonly fallback?: number; readonly least?: number } = {},
): number {
  const number = numberAttribute(context, node, name, fallback);
  const isCount = Number.isInteger(number) && number >= least && number <= largestCount;
  if (!isCount) throw misfit(context, node, `says that “${name}” is ${number}`);
  return number;
}

/** An attribute that is one whole number for both axes, or one for each (vertical, horizontal). */
export function pairAttribute(
  context: BuildContext,
  node: ModuleNode,
  name: string,
  { fallback, least = 0 }: { readonly fallback?: Pair; readonly least?: number } = {},
): Pair {
  const value = node.attributes.get(name) ?? fallback;
  const [first, second] = Array.isArray(value) ? value : [value, value];
  if (!isCount(first, least) || !isCount(second, least)) throw misfit(context, node, `has no sizes “${name}”`);
  return [first, second];
}

/** An attribute that is true or false. */
export function flagAttribute(node: ModuleNode, name: string, fallback: boolean): boolean {
  const value = node.attributes.get(name);
  return typeof value === 'boolean' ? value : fallback;
}

/** An attribute that is a list of whole numbers. */
export function countsAttribute(context: BuildContext, node: ModuleNode, name: string): readonly number[] {
  const value = node.attributes.get(name);
  const counts = Array.isArray(value) ? value : [];
  if (counts.length === 0 || !counts.every((count) => isCount(count, 0))) {
    throw misfit(context, node, `has no list of sizes “${name}”`);
  }
  return counts;
}

/** Kernels, channels and heads are far smaller; larger numbers come from damaged files. */
const largestCount = 1 << 20;

function isCount(value: CheckpointValue | undefined, least: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= largestCount;
}
