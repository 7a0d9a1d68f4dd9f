import { invalid, parseWords, strayWord } from '@/lib/cli/command-words';
import { type ConvertRequest, parseConvert } from '@/lib/cli/convert-words';
import { type DemoDataRequest, parseDemoData } from '@/lib/cli/demo-data-words';
import { type PredictRequest, parsePredict } from '@/lib/cli/predict-words';
import { parseTrain, type TrainRequest } from '@/lib/cli/train-words';
import { parseVal, type ValRequest } from '@/lib/cli/val-words';

const verbs = ['predict', 'convert', 'inspect', 'demo-data', 'train', 'val'] as const;

type Verb = (typeof verbs)[number];

export type InspectRequest = {
  /** The path as it was typed. */
  readonly file: string;
  readonly json: boolean;
};

export type Command =
  | { readonly kind: 'help'; readonly topic: 'general' | Verb }
  | { readonly kind: 'version' }
  | { readonly kind: 'predict'; readonly request: PredictRequest }
  | { readonly kind: 'convert'; readonly request: ConvertRequest }
  | { readonly kind: 'inspect'; readonly request: InspectRequest }
  | { readonly kind: 'demo-data'; readonly request: DemoDataRequest }
  | { readonly kind: 'train'; readonly request: TrainRequest }
  | { readonly kind: 'val'; readonly request: ValRequest };

/** Reads a command line. Throws a `Fault` (`input-invalid`) that says which word is wrong and what would be right. */
export function parseArguments(words: readonly string[]): Command {
  const verb = verbs.find((known) => known === words[0]);
  if (words.includes('--version')) return { kind: 'version' };
  if (words.length === 0 || words.includes('--help') || words.includes('-h')) {
    return { kind: 'help', topic: verb ?? 'general' };
  }
  const rest = words.slice(1);
  switch (verb) {
    case 'predict':
      return { kind: 'predict', request: parsePredict(rest) };
    case 'convert':
      return { kind: 'convert', request: parseConvert(rest) };
    case 'inspect':
      return { kind: 'inspect', request: parseInspect(rest) };
    case 'demo-data':
      return { kind: 'demo-data', request: parseDemoData(rest) };
    case 'train':
      return { kind: 'train', request: parseTrain(rest) };
    case 'val':
      return { kind: 'val', request: parseVal(rest) };
    case undefined:
      throw invalid(
        words[0].startsWith('-') ? 'No command was given.' : `There is no command “${words[0]}”.`,
        'Try: sightline predict --model MODEL.onnx --source IMAGE.',
      );
  }
}

function parseInspect(words: readonly string[]): InspectRequest {
  const { values, positionals } = parseWords(words, { json: { type: 'boolean' } }, 'inspect');
  const [file, stray] = positionals;
  if (stray !== undefined) throw strayWord(stray, 'inspect');
  if (file === undefined) throw invalid('No file was given.', 'Give a .pt or .onnx file: sightline inspect best.pt.');
  return { file, json: values.json ?? false };
}
