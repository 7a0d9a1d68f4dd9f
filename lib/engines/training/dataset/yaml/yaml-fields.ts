import { Fault } from '@/lib/core/fault';
import type { YamlMapping, YamlNode } from '@/lib/engines/training/dataset/yaml/yaml-node';

/** The value of a key; null when it is not there or empty (`~`, `null`). */
export function fieldOf(mapping: YamlMapping, key: string): YamlNode | null {
  const node = mapping.entries.get(key);
  return node === undefined || isNull(node) ? null : node;
}

/** A text, or a fault that names the field. */
export function textOf(node: YamlNode, field: string): string {
  if (node.kind !== 'scalar') throw fieldFault(field, 'a text', node);
  return node.text;
}

/** The numbers of a list. */
export function numbersOf(node: YamlNode, field: string): number[] {
  return textsOf(node, field).map((text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value)) throw fieldFault(field, 'numbers', node);
    return value;
  });
}

/** The texts of a list; a single text is a list of one. */
export function textsOf(node: YamlNode, field: string): string[] {
  if (node.kind === 'scalar') return [node.text];
  if (node.kind === 'sequence') return node.items.map((item) => textOf(item, field));
  throw fieldFault(field, 'a list', node);
}

/** The fault of a field that is not what it must be. */
export function fieldFault(field: string, expected: string, { line }: Pick<YamlNode, 'line'>): Fault {
  return new Fault({
    code: 'input-invalid',
    found: `In data.yaml, “${field}” (line ${line}) was expected to be ${expected}, and it is not.`,
    remedy: 'Correct the field and try again.',
  });
}

function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && !node.isQuoted && ['', '~', 'null', 'Null', 'NULL'].includes(node.text);
}
