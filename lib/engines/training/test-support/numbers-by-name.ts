/**
 * Numbers made from a name, the same as `bench/torch/numbers_by_name.py` makes: what torch was given need not be kept beside what
 * it made of it.
 */

/** `count` numbers in [0, 1), by mulberry32 seeded with FNV-1a of the name. */
export function uniformNumbers(name: string, count: number): readonly number[] {
  let state = seedOf(name);
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  });
}

/** Numbers in [low, high), in single precision. */
export function numbersBetween(name: string, count: number, low: number, high: number): Float32Array {
  return Float32Array.from(uniformNumbers(name, count), (number) => low + (high - low) * number);
}

/** A parameter of a network: kernels keep the size of what they are given, scales lie around 1, biases around 0. */
export function parameterNumbers(name: string, shape: readonly number[]): Float32Array {
  const count = product(shape);
  if (shape.length > 1) {
    const reach = (4.5 / product(shape.slice(1))) ** 0.5;
    return numbersBetween(name, count, -reach, reach);
  }
  if (name.endsWith('.weight')) return numbersBetween(name, count, 0.75, 1.25);
  // Coarser levels prefer shorter distances, so that objects are assigned on all of them.
  const slope = -0.25 * Number(/cv2\.(\d)\.2\.bias$/.exec(name)?.[1] ?? 0);
  return numbersBetween(name, count, -0.2, 0.2).map((number, index) => number + slope * (index % 16));
}

/** What a gradient was projected on: 1 and −1. */
export function directionNumbers(name: string, count: number): readonly number[] {
  return uniformNumbers(`direction of ${name}`, count).map((number) => (number < 0.5 ? 1 : -1));
}

function seedOf(name: string): number {
  return new TextEncoder().encode(name).reduce((value, byte) => Math.imul(value ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}

function product(shape: readonly number[]): number {
  return shape.reduce((count, length) => count * length, 1);
}
