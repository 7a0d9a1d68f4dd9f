import { parseArgs } from 'node:util';
import { Fault } from '@/lib/core/fault';
import type { Dialect } from '@/lib/engines/vision/dialects/dialect';
import { findDialect } from '@/lib/engines/vision/dialects/dialect-registry';
import { defaultThresholds, type Thresholds } from '@/lib/engines/vision/vision-result';

/** The image sizes that `--imgsz` takes, as the page's slider does. */
export const imageSizes = { smallest: 32, largest: 1280 } as const;

/** The exporter and the package consider at most this many candidates, so more can never be kept. */
const mostDetections = 30_000;

export type PredictRequest = {
  /** Paths as they were typed. */
  readonly model: string;
  readonly source: string;
  readonly imgsz: number | null;
  /** Class filter as it was typed: indices or names, comma-separated; null for all. The model's names give it meaning. */
  readonly classes: string | null;
  readonly thresholds: Omit<Thresholds, 'classes'>;
  readonly dialect: Dialect;
  readonly saveFolder: string | null;
};

export type Command =
  | { readonly kind: 'help'; readonly topic: 'general' | 'predict' }
  | { readonly kind: 'version' }
  | { readonly kind: 'predict'; readonly request: PredictRequest };

const options = {
  model: { type: 'string' },
  source: { type: 'string' },
  conf: { type: 'string' },
  iou: { type: 'string' },
  imgsz: { type: 'string' },
  classes: { type: 'string' },
  'max-det': { type: 'string' },
  agnostic: { type: 'boolean' },
  format: { type: 'string' },
  save: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Reads a command line. Throws a `Fault` (`input-invalid`) that says which word is wrong and what would be right. */
export function parseArguments(words: readonly string[]): Command {
  const { values, positionals } = parseWords(words);
  if (values.version) return { kind: 'version' };
  const [verb, ...rest] = positionals;
  if (values.help) return { kind: 'help', topic: verb === 'predict' ? 'predict' : 'general' };
  if (verb === undefined && words.length === 0) return { kind: 'help', topic: 'general' };
  if (verb !== 'predict') {
    throw invalid(
      verb === undefined ? 'No command was given.' : `There is no command “${verb}”.`,
      'Try: sightline predict --model MODEL.onnx --source IMAGE.',
    );
  }
  if (rest.length > 0) throw strayWord(rest[0]);

  return {
    kind: 'predict',
    request: {
      model: required(values.model, '--model', 'an .onnx file'),
      source: required(values.source, '--source', 'an image or a folder of images'),
      imgsz: integerIn(values.imgsz, '--imgsz', imageSizes.smallest, imageSizes.largest),
      classes: values.classes ?? null,
      thresholds: {
        conf: fraction(values.conf, '--conf') ?? defaultThresholds.conf,
        iou: fraction(values.iou, '--iou') ?? defaultThresholds.iou,
        maxDetections: integerIn(values['max-det'], '--max-det', 1, mostDetections) ?? defaultThresholds.maxDetections,
        agnostic: values.agnostic ?? defaultThresholds.agnostic,
      },
      dialect: findDialect(values.format ?? 'ultralytics'),
      saveFolder: values.save === undefined ? null : required(values.save, '--save', 'a folder'),
    },
  };
}

function parseWords(words: readonly string[]) {
  try {
    return parseArgs({ args: withNegativeValues(words), options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node explains at length how to pass words that begin with a dash; its first sentence is what is wrong.
    const message = error instanceof Error ? error.message.split(/\. |\n/, 1)[0].replace(/'/g, '') : String(error);
    throw invalid(`${message.replace(/\.$/, '')}.`, 'See: sightline predict --help.');
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

/** Users of `yolo` type `conf=0.5`. */
function strayWord(word: string): Fault {
  const [, key, value] = /^([\w-]+)=(.*)$/.exec(word) ?? [];
  const remedy = key ? `Write --${key.replaceAll('_', '-')} ${value}.` : 'See: sightline predict --help.';
  return invalid(`The word “${word}” belongs to no option.`, remedy);
}

function required(value: string | undefined, option: string, what: string): string {
  if (value !== undefined && value !== '') return value;
  throw invalid(`${option} is missing.`, `Give ${what}: ${option} PATH.`);
}

function fraction(text: string | undefined, option: string): number | null {
  if (text === undefined) return null;
  const value = decimal(text);
  if (value >= 0 && value <= 1) return value;
  throw invalid(`${option} must be a number from 0 to 1, not “${text}”.`, `For example: ${option} 0.25.`);
}

function integerIn(text: string | undefined, option: string, smallest: number, largest: number): number | null {
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

function invalid(found: string, remedy: string): Fault {
  return new Fault({ code: 'input-invalid', found, remedy });
}
