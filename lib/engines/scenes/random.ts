/** The same choices for the same seed, on every machine. */
export type SceneRandom = {
  /** In [0, 1). */
  next(): number;
  /** In [low, high). */
  between(low: number, high: number): number;
  /** A whole number from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  /** One of a list that has at least one. */
  pick<T>(choices: readonly T[]): T;
  /** Independent choices that do not shift when others are added beside them. */
  fork(name: string): SceneRandom;
};

/** Choices from a 32-bit seed: mulberry32, whose 32 bits of state are enough to tell scenes apart. */
export function sceneRandom(seed: number): SceneRandom {
  const start = seed >>> 0;
  let state = scrambled(start);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return scrambled(state) / 0x1_0000_0000;
  };
  const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    integer,
    chance: (probability) => next() < probability,
    pick: (choices) => choices[integer(0, choices.length - 1)],
    fork: (name) => sceneRandom(nameHash(name) ^ start),
  };
}

function scrambled(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), value | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return (mixed ^ (mixed >>> 14)) >>> 0;
}

/** FNV-1a. */
function nameHash(name: string): number {
  let hash = 0x811c9dc5;
  for (let k = 0; k < name.length; k++) hash = Math.imul(hash ^ name.charCodeAt(k), 0x01000193);
  return hash >>> 0;
}
