import { invalid } from '@/lib/cli/command-words';

/**
 * Words as `yolo` takes them, or as options: `key=value`, `--key=value`, `--key value`, and `--key` alone for True. Dashes within a
 * key count as underscores; of a key that is there twice the last one counts. Throws a `Fault` (`input-invalid`) for other words.
 */
export function assignedWords(words: readonly string[], command: string): Map<string, string> {
  const values = new Map<string, string>();
  for (let k = 0; k < words.length; k++) {
    const [, dashes, key, assigned] = /^(--)?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(words[k]) ?? [];
    const isAssignment = key !== undefined && (dashes !== undefined || assigned !== undefined);
    if (!isAssignment) throw invalid(`The word “${words[k]}” belongs to no argument.`, remedyOf(words[k], command));
    const name = key.replaceAll('-', '_');
    if (assigned !== undefined) {
      values.set(name, assigned);
      continue;
    }
    const next = words[k + 1];
    const isAlone = next === undefined || next.startsWith('--') || /^[A-Za-z][\w-]*=/.test(next);
    values.set(name, isAlone ? 'True' : next);
    if (!isAlone) k++;
  }
  return values;
}

function remedyOf(word: string, command: string): string {
  if (/\.ya?ml$/i.test(word)) return `Write data=${word}.`;
  if (/\.(pt|ckpt|onnx)$/i.test(word)) return `Write model=${word}.`;
  return `Write key=value or --key value; see: sightline ${command} --help.`;
}
