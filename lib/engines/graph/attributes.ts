import type { OnnxAttribute } from '@/lib/engines/model-files/onnx-writer';

/** Attributes of a node by name. */
export type Attributes = Readonly<Record<string, OnnxAttribute>>;

export function int(value: number): OnnxAttribute {
  return { kind: 'int', value };
}

export function ints(values: readonly number[]): OnnxAttribute {
  return { kind: 'ints', values };
}

export function float(value: number): OnnxAttribute {
  return { kind: 'float', value };
}

export function text(value: string): OnnxAttribute {
  return { kind: 'string', value };
}
