import { Fault } from '@/lib/core/fault';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';

/** A message lists so many names at most: some models know thousands. */
const mostListedNames = 20;

/**
 * The class indices that a `--classes` word means, sorted and once each: numbers are indices, everything else is a name of
 * the model (letter case matters only where it decides between two). Throws a `Fault` (`input-invalid`).
 */
export function parseClassFilter(text: string, spec: ModelSpec): number[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) throw invalid('--classes names no class.');
  const indices = words.flatMap((word) => (/^\d+$/.test(word) ? [checkedIndex(word, spec)] : indicesNamed(word, spec)));
  return [...new Set(indices)].sort((a, b) => a - b);
}

/** A model without metadata may tell its number of classes only when it runs: then every index is allowed. */
function checkedIndex(word: string, { head, names }: ModelSpec): number {
  const index = Number(word);
  const count = head.classCount ?? (names.length > 0 ? names.length : null);
  if (count === null || index < count) return index;
  throw invalid(`The model has ${count} classes (0 to ${count - 1}); --classes asks for ${word}.`);
}

function indicesNamed(word: string, { names }: ModelSpec): number[] {
  const exact = indicesWhere(names, (name) => name === word);
  if (exact.length > 0) return exact;
  const folded = indicesWhere(names, (name) => name.toLowerCase() === word.toLowerCase());
  if (folded.length > 0) return folded;
  const listed = names.slice(0, mostListedNames).join(', ');
  const more = names.length > mostListedNames ? `, … (${names.length} in all)` : '';
  throw invalid(`The model has no class “${word}”; it has ${listed}${more}.`);
}

function indicesWhere(names: readonly string[], matches: (name: string) => boolean): number[] {
  return names.flatMap((name, index) => (matches(name) ? [index] : []));
}

function invalid(found: string): Fault {
  return new Fault({
    code: 'input-invalid',
    found,
    remedy: 'Give indices or names, as --classes 0,2 or --classes "person,bus".',
  });
}
