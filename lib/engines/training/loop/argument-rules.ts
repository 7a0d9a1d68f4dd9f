/** How the text of an argument becomes its value. */
export type ArgumentRule<T> = {
  readonly fallback: T;
  /** What the text may be, as the end of “must be …”. */
  readonly expects: string;
  /** Undefined for a text that is none of that. */
  read(text: string): T | undefined;
};

/** Plain decimal notation only: `Number` would also take an empty word, `0x10` and ` 5 `. */
const decimalNotation = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A whole number within bounds, which count in. */
export function integer(fallback: number, smallest: number, largest: number): ArgumentRule<number> {
  return {
    fallback,
    expects: `a whole number from ${smallest} to ${largest}`,
    read(text) {
      const value = numberIn(text, smallest, largest);
      return value !== undefined && Number.isInteger(value) ? value : undefined;
    },
  };
}

/** A number within bounds, which count in. */
export function decimal(fallback: number, smallest: number, largest: number): ArgumentRule<number> {
  return {
    fallback,
    expects: `a number from ${smallest} to ${largest}`,
    read: (text) => numberIn(text, smallest, largest),
  };
}

/** So many megabytes; True (or `ram`, as the field has it) stands for the usual number and False for none. */
export function megabytes(fallback: number, largest: number): ArgumentRule<number> {
  const number = integer(fallback, 0, largest);
  return {
    fallback,
    expects: `${number.expects} megabytes`,
    read(text) {
      if (/^(true|ram)$/i.test(text)) return fallback;
      return /^false$/i.test(text) ? 0 : number.read(text);
    },
  };
}

/** True or False as Python writes them, or as everybody else does. */
export function flag(fallback: boolean): ArgumentRule<boolean> {
  const words = new Map([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ]);
  return { fallback, expects: 'True or False', read: (text) => words.get(text.toLowerCase()) };
}

/** One of some words, in any case. */
export function choice<const T extends string>(fallback: T, choices: readonly T[]): ArgumentRule<T> {
  return {
    fallback,
    expects: `one of ${choices.join(', ')}`,
    read: (text) => choices.find((word) => word.toLowerCase() === text.toLowerCase()),
  };
}

/** As the rule, or nothing: absent or `None`. */
export function optional<T>({ expects, read }: Omit<ArgumentRule<T>, 'fallback'>): ArgumentRule<T | null> {
  return {
    fallback: null,
    expects: `${expects}, or None`,
    read: (text) => (/^(none|null|)$/i.test(text) ? null : read(text)),
  };
}

/** The layers that `freeze` names: a number n for the first n, or a list of layers. */
export const layers: Omit<ArgumentRule<readonly number[]>, 'fallback'> = {
  expects: 'a number of layers, or a list of them as [0,1,2]',
  read(text) {
    const list = /^\[([\d,\s]*)\]$/.exec(text);
    if (list === null) {
      const count = numberIn(text, 0, mostLayers);
      return count !== undefined && Number.isInteger(count) ? Array.from({ length: count }, (_, k) => k) : undefined;
    }
    const numbers = list[1].split(',').map((part) => numberIn(part.trim(), 0, mostLayers));
    const whole = numbers.filter((layer) => layer !== undefined && Number.isInteger(layer));
    return whole.length === numbers.length ? whole.filter((layer) => layer !== undefined) : undefined;
  },
};

/** The deepest published networks have some 50 layers at the top. */
const mostLayers = 1000;

function numberIn(text: string, smallest: number, largest: number): number | undefined {
  const value = decimalNotation.test(text) ? Number(text) : Number.NaN;
  return value >= smallest && value <= largest ? value : undefined;
}
