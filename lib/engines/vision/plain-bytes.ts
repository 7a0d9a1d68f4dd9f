/**
 * The same memory as a Uint8Array. A canvas hands out clamped arrays and a decoder plain ones; loops over pixels see one
 * type only, because an engine that has met both runs them at half the speed.
 */
export function plainBytes(data: Uint8Array | Uint8ClampedArray): Uint8Array {
  if (data instanceof Uint8Array) return data;
  return new Uint8Array(data.buffer, data.byteOffset, data.length);
}
