import type { TorchDtype } from '@/lib/engines/model-files/checkpoint/checkpoint';

const bytesOf: Readonly<Record<TorchDtype, number>> = {
  float16: 2,
  float32: 4,
  bfloat16: 2,
  float64: 8,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** The classes that torch's pickles name the element type of a storage by. */
export const storageClasses: ReadonlyMap<string, TorchDtype> = new Map<string, TorchDtype>([
  ['torch.HalfStorage', 'float16'],
  ['torch.FloatStorage', 'float32'],
  ['torch.BFloat16Storage', 'bfloat16'],
  ['torch.DoubleStorage', 'float64'],
  ['torch.LongStorage', 'int64'],
  ['torch.IntStorage', 'int32'],
  ['torch.ShortStorage', 'int16'],
  ['torch.CharStorage', 'int8'],
  ['torch.ByteStorage', 'uint8'],
  ['torch.BoolStorage', 'bool'],
]);

export function elementBytes(dtype: TorchDtype): number {
  return bytesOf[dtype];
}
