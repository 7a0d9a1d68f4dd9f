/** Lengths and counts that break naive readers: nothing, almost everything, the edges of signed numbers. */
const extremes = [0, 1, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

/** Ways a file gets damaged, by accident or on purpose. Each gives new bytes and leaves the old. */
const mutations: Readonly<Record<string, (bytes: Uint8Array, random: () => number) => Uint8Array>> = {
  flipBits(bytes, random) {
    const damaged = new Uint8Array(bytes);
    for (let flips = 1 + pick(4, random); flips > 0; flips -= 1)
      damaged[pick(bytes.length, random)] ^= 1 << pick(8, random);
    return damaged;
  },
  replaceBytes(bytes, random) {
    const damaged = new Uint8Array(bytes);
    const start = pick(bytes.length, random);
    for (let at = start; at < Math.min(start + 1 + pick(8, random), bytes.length); at++)
      damaged[at] = pick(256, random);
    return damaged;
  },
  truncate: (bytes, random) => bytes.subarray(0, pick(bytes.length, random)),
  editNumber(bytes, random) {
    const damaged = new Uint8Array(bytes);
    const width = [1, 2, 4][pick(3, random)] ?? 4;
    const at = pick(Math.max(bytes.length - width, 1), random);
    const value = extremes[pick(extremes.length, random)] ?? 0;
    for (let byte = 0; byte < width && at + byte < damaged.length; byte++) damaged[at + byte] = value >>> (8 * byte);
    return damaged;
  },
  splice(bytes, random) {
    const from = pick(bytes.length, random);
    const piece = bytes.subarray(from, from + 1 + pick(40, random));
    const at = pick(bytes.length, random);
    return joined(bytes.subarray(0, at), piece, bytes.subarray(at));
  },
  remove(bytes, random) {
    const at = pick(bytes.length, random);
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + pick(12, random)));
  },
  insert(bytes, random) {
    const at = pick(bytes.length, random);
    const piece = Uint8Array.from({ length: 1 + pick(4, random) }, () => pick(256, random));
    return joined(bytes.subarray(0, at), piece, bytes.subarray(at));
  },
};

/** One damage after another, chosen by the generator: mostly one, at most three. */
export function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  const ways = Object.values(mutations);
  let damaged = bytes;
  for (let count = 1 + pick(3, random); count > 0 && damaged.length > 0; count -= 1) {
    damaged = ways[pick(ways.length, random)]?.(damaged, random) ?? damaged;
  }
  return damaged;
}

/** A whole number from 0 up to, not including, `limit`. */
export function pick(limit: number, random: () => number): number {
  return Math.floor(random() * limit);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
