import { assignedWords } from '@/lib/cli/assigned-words';
import { invalid } from '@/lib/cli/command-words';
import { type ArgumentRule, choice, flag, integer, optional } from '@/lib/engines/training/loop/argument-rules';
import { nearestName } from '@/lib/engines/training/loop/nearest-name';

export type ValRequest = {
  /** Paths as they were typed. */
  readonly model: string;
  readonly data: string;
  readonly split: 'train' | 'val' | 'test';
  /** Null for the size the model was made for. */
  readonly imgsz: number | null;
  readonly batch: number;
  readonly threads: number | null;
  readonly json: boolean;
};

const names = ['model', 'data', 'split', 'imgsz', 'batch', 'threads', 'json'] as const;

/** Reads what stands behind `sightline val`. Throws a `Fault` (`input-invalid`). */
export function parseVal(words: readonly string[]): ValRequest {
  const values = assignedWords(words, 'val');
  const known = new Set<string>(names);
  for (const word of values.keys()) {
    if (known.has(word)) continue;
    const meant = nearestName(word, names);
    throw invalid(
      `There is no argument “${word}”.`,
      meant === null ? 'See: sightline val --help.' : `Did you mean ${meant}?`,
    );
  }
  const read = <T>(name: (typeof names)[number], rule: ArgumentRule<T>): T => {
    const text = values.get(name);
    const value = text === undefined ? rule.fallback : rule.read(text);
    if (value !== undefined) return value;
    throw invalid(`${name} must be ${rule.expects}, not “${text}”.`, `Leave ${name} out for its default.`);
  };
  return {
    model: requiredPath(values, 'model', 'a .onnx or .pt file'),
    data: requiredPath(values, 'data', 'a data.yaml, or a folder of classes'),
    split: read('split', choice('val', ['train', 'val', 'test'])),
    imgsz: read('imgsz', optional(integer(640, 32, 4096))),
    batch: read('batch', integer(8, 1, 256)),
    threads: read('threads', optional(integer(1, 1, 256))),
    json: read('json', flag(false)),
  };
}

function requiredPath(values: ReadonlyMap<string, string>, name: string, what: string): string {
  const value = values.get(name);
  if (value !== undefined && value !== '') return value;
  throw invalid(`${name} is missing.`, `Give ${what}: ${name}=PATH.`);
}
