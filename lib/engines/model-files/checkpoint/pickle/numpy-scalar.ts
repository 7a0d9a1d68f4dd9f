import type { NumpyDtype } from '@/lib/engines/model-files/checkpoint/pickle/pickled-values';

type Reader = (view: DataView, littleEndian: boolean) => number | bigint | boolean;

/** numpy's one-letter types with their widths in bytes. */
const readers: ReadonlyMap<string, readonly [bytes: number, read: Reader]> = new Map<string, readonly [number, Reader]>(
  [
    ['f8', [8, (view, littleEndian) => view.getFloat64(0, littleEndian)]],
    ['f4', [4, (view, littleEndian) => view.getFloat32(0, littleEndian)]],
    ['i8', [8, (view, littleEndian) => narrowed(view.getBigInt64(0, littleEndian))]],
    ['u8', [8, (view, littleEndian) => narrowed(view.getBigUint64(0, littleEndian))]],
    ['i4', [4, (view, littleEndian) => view.getInt32(0, littleEndian)]],
    ['u4', [4, (view, littleEndian) => view.getUint32(0, littleEndian)]],
    ['i2', [2, (view, littleEndian) => view.getInt16(0, littleEndian)]],
    ['u2', [2, (view, littleEndian) => view.getUint16(0, littleEndian)]],
    ['i1', [1, (view) => view.getInt8(0)]],
    ['u1', [1, (view) => view.getUint8(0)]],
    ['b1', [1, (view) => view.getUint8(0) !== 0]],
  ],
);

/** The number that numpy wrote as a type and its bytes; null where the two do not fit or the type is no number. */
export function scalarOf({ name, littleEndian }: NumpyDtype, bytes: Uint8Array): number | bigint | boolean | null {
  const [width, read] = readers.get(name) ?? [0, null];
  if (read === null || bytes.byteLength !== width) return null;
  return read(new DataView(bytes.buffer, bytes.byteOffset, width), littleEndian);
}

function narrowed(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
