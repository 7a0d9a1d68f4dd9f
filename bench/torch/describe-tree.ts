import type { CheckpointValue, ModuleNode } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** A module tree as JSON: what `network.py` builds its counterpart from. */
export type TreeDescription = {
  readonly class: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly children: Readonly<Record<string, TreeDescription>>;
};

export function describeTree(node: ModuleNode): TreeDescription {
  const attributes = [...node.attributes].filter(([, value]) => isPlain(value));
  const children = [...node.children].flatMap(([name, child]) =>
    child === null ? [] : [[name, describeTree(child)] as const],
  );
  return {
    class: node.className.slice(node.className.lastIndexOf('.') + 1),
    attributes: { ...Object.fromEntries(attributes), bias: (node.parameters.get('bias') ?? null) !== null },
    children: Object.fromEntries(children),
  };
}

function isPlain(value: CheckpointValue): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  return value === null || ['boolean', 'number', 'string'].includes(typeof value);
}
