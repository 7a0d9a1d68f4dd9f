import type { GraphNode } from '@/lib/engines/graph/graph-node';

/** The attribute as a number, or what the operator takes when it is absent. */
export function numberAttribute({ attributes }: GraphNode, name: string, absent: number): number {
  const attribute = attributes[name];
  if (attribute?.kind === 'int') return Number(attribute.value);
  return attribute?.kind === 'float' ? attribute.value : absent;
}

/** The attribute as whole numbers; null when it is absent. */
export function numbersAttribute({ attributes }: GraphNode, name: string): readonly number[] | null {
  const attribute = attributes[name];
  return attribute?.kind === 'ints' ? attribute.values.map(Number) : null;
}

/** The attribute as text, or what the operator takes when it is absent. */
export function textAttribute({ attributes }: GraphNode, name: string, absent: string): string {
  const attribute = attributes[name];
  return attribute?.kind === 'string' ? attribute.value : absent;
}
