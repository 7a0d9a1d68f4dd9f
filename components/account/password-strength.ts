/** From what an attacker tries first to what is out of reach: what the meter shows. */
export type PasswordStrength = 'too-short' | 'weak' | 'fair' | 'good' | 'strong';

/** As the server asks for. */
export const shortestPassword = 8;

/** Guesses as powers of two, for passwords hashed slowly. */
const bitsOf = { fair: 40, good: 56, strong: 72 } as const;

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
];

const alphabets: readonly (readonly [RegExp, number])[] = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[ -/:-@[-`{-~]/, 33],
  [/[^ -~]/, 64],
];

/**
 * How hard a password is to guess, roughly: its length in characters that say something new, times what each of them could have
 * been. Runs (aaaa), rows (12345, qwerty) and the account's own names count as one character. A hint only: the server decides.
 */
export function passwordStrength(password: string, names: readonly string[]): PasswordStrength {
  if ([...password].length < shortestPassword) return 'too-short';
  const told = withoutNames(password, names);
  const alphabet = alphabets.reduce((size, [pattern, count]) => size + (pattern.test(told) ? count : 0), 0);
  const bits = newCharacters(told) * Math.log2(Math.max(2, alphabet));
  if (bits >= bitsOf.strong) return 'strong';
  if (bits >= bitsOf.good) return 'good';
  return bits >= bitsOf.fair ? 'fair' : 'weak';
}

/** Replaces names of four characters and more by a single one. */
function withoutNames(password: string, names: readonly string[]): string {
  const parts = names.flatMap((name) => [name, ...name.split(/[@.\s_-]+/)]).filter((part) => part.length >= 4);
  return parts
    .sort((a, b) => b.length - a.length)
    .reduce((rest, part) => rest.replaceAll(new RegExp(escaped(part), 'gi'), 'x'), password);
}

/** Characters that do not merely repeat or continue the ones before them. A word said again says nothing new. */
function newCharacters(text: string): number {
  const lower = text.toLowerCase();
  let count = 0;
  for (let at = 0; at < lower.length; at++) {
    const here = lower[at] ?? '';
    const before = lower[at - 1];
    const isContinued = before !== undefined && (before === here || isNextInRow(before, here));
    const isRepeated = at >= 3 && lower.slice(0, at - 2).includes(lower.slice(at - 2, at + 1));
    if (!isContinued && !isRepeated) count++;
  }
  return count;
}

function isNextInRow(before: string, here: string): boolean {
  return rows.some((row) => row.includes(before + here) || row.includes(here + before));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
