import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Fault } from '@/lib/core/fault';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Splits the words behind a command into its options and what is none. Throws a `Fault` that points to the command's help. */
export function parseWords<const T extends Options>(words: readonly string[], options: T, command: string) {
  try {
    return parseArgs({ args: withNegativeValues(words), options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node explains at length how to pass words that begin with a dash; its first sentence is what is wrong.
    const message = error instanceof Error ? error.message.split(/\. |\n/, 1)[0].replace(/'/g, '') : String(error);
    throw invalid(`${message.replace(/\.$/, '')}.`, `See: sightline ${command} --help.`);
  }
}

/** “--conf -1” is a wrong number, not a missing one: joined as “--conf=-1” it is told as such. */
function withNegativeValues(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const previous = joined.at(-1);
    if (/^-[\d.]/.test(word) && previous?.startsWith('--') && !previous.includes('=')) {
      joined[joined.length - 1] = `${previous}=${word}`;
    } else {
      joined.push(word);
    }
  }
  return joined;
}

/** `imgsz=320` as `--imgsz=320`, so that arguments can be written as `yolo` takes them; `save_dir` becomes `save-dir`. */
export function optionWords(words: readonly string[]): string[] {
  return words.map((word) => {
    const [, key, value] = /^([a-z][\w-]*)=(.*)$/is.exec(word) ?? [];
    return key === undefined ? word : `--${key.replaceAll('_', '-')}=${value}`;
  });
}

/** Users of `yolo` type `conf=0.5`. */
export function strayWord(word: string, command: string): Fault {
  const [, key, value] = /^([\w-]+)=(.*)$/.exec(word) ?? [];
  const remedy = key ? `Write --${key.replaceAll('_', '-')} ${value}.` : `See: sightline ${command} --help.`;
  return invalid(`The word “${word}” belongs to no option.`, remedy);
}

export function required(value: string | undefined, option: string, what: string): string {
  if (value !== undefined && value !== '') return value;
  throw invalid(`${option} is missing.`, `Give ${what}: ${option} PATH.`);
}

/** A number from 0 to 1; null where the option is absent. */
export function fraction(text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  const value = decimal(text);
  if (value >= 0 && value <= 1) return value;
  throw invalid(`${option} must be a number from 0 to 1, not “${text}”.`, `For example: ${option} 0.25.`);
}

export function integerIn(text: string | undefined, option: string, smallest: number, largest: number): number | null {
  if (text === undefined) return null;
  const value = decimal(text);
  if (Number.isInteger(value) && value >= smallest && value <= largest) return value;
  throw invalid(
    `${option} must be a whole number from ${smallest} to ${largest}, not “${text}”.`,
    `Leave ${option} out for the default.`,
  );
}

/** Plain decimal notation only: `Number` would also take an empty word, `0x10` and ` 5 `. */
function decimal(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

export function invalid(found: string, remedy: string): Fault {
  return new Fault({ code: 'input-invalid', found, remedy });
}
