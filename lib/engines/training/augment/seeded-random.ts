/** Random numbers that are the same for the same seed on every machine. */
export type SeededRandom = {
  /** From 0 to before 1, of 32 bits. */
  next(): number;
  /** From `low` to before `high`. */
  uniform(low: number, high: number): number;
  /** A whole number from 0 to before `limit`. */
  below(limit: number): number;
  /** Whether something of this probability happens. One number is drawn whatever the probability is. */
  chance(probability: number): boolean;
};

/**
 * The generator sfc32 (C. Doty-Humphrey, “PractRand”), its state hashed from whole numbers: (seed, epoch, position) give every
 * sample a stream of its own, which depends neither on who makes it nor on what was made before.
 */
export function createRandom(...seed: readonly number[]): SeededRandom {
  let a = hashed(seed, 0x9e3779b9);
  let b = hashed(seed, 0x243f6a88);
  let c = hashed(seed, 0xb7e15162);
  let counter = 1;

  function next(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  // The author's advice for seeds that differ in few bits.
  for (let k = 0; k < 12; k++) next();
  return {
    next,
    uniform: (low, high) => low + (high - low) * next(),
    below: (limit) => Math.floor(next() * limit),
    chance: (probability) => next() < probability,
  };
}

/** MurmurHash3 (A. Appleby) of the upper and lower 32 bits of each number. */
function hashed(numbers: readonly number[], salt: number): number {
  let hash = salt;
  for (const number of numbers) {
    for (const word of [number, Math.floor(number / 2 ** 32)]) {
      let mixed = Math.imul(word | 0, 0xcc9e2d51);
      mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
      hash ^= mixed;
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
    }
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
