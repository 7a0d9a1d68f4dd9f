import type { Value } from '@/lib/engines/graph/value';
import { type BackwardStep, GradientError } from '@/lib/engines/training/gradients/gradient-rule';

/** The whole numbers of an int64 constant: axes, starts, lengths. */
export function wholeNumbers({ g, operation }: BackwardStep, value: Value): readonly number[] {
  const bytes = value.elementType === 'int64' ? g.constantBytes(value) : null;
  if (bytes === null) throw new GradientError(operation, `needs ${value.name} to be a constant of whole numbers`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 8 }, (_, index) => Number(view.getBigInt64(index * 8, true)));
}

/** The number of a float32 constant of one element; null for any other value. */
export function singleNumber({ g }: BackwardStep, value: Value): number | null {
  const bytes = value.elementType === 'float32' ? g.constantBytes(value) : null;
  if (bytes?.byteLength !== 4) return null;
  return new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);
}
