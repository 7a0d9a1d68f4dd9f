import { assert } from '@/lib/core/assert';
import type { PythonValue } from '@/lib/engines/model-files/python-literal';

const namedEscapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Writes a value as Python's `repr` does, so that `ast.literal_eval` and our own parser read it back: a `Map` as dict, an
 * array as list, whole numbers as int. Numbers that are not finite have no literal and are a bug of the caller.
 * Rules: https://docs.python.org/3/library/functions.html#repr and PEP 3138 for text.
 */
export function pythonRepr(value: PythonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberRepr(value);
  if (typeof value === 'string') return textRepr(value);
  if (isDict(value)) {
    const entries = [...value].map(([key, entry]) => `${pythonRepr(key)}: ${pythonRepr(entry)}`);
    return `{${entries.join(', ')}}`;
  }
  return `[${value.map(pythonRepr).join(', ')}]`;
}

function numberRepr(value: number): string {
  assert(Number.isFinite(value), 'a number with a Python literal');
  // Python writes two digits of an exponent at least: 1e-07.
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** In apostrophes, or in double quotes where that saves escaping an apostrophe. */
function textRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/\\|'|[^ \P{C}]|[^ \P{Z}]/gu, (character) => {
    if (character === "'") return quote === "'" ? "\\'" : "'";
    return namedEscapes.get(character) ?? codePointEscape(character);
  });
  return `${quote}${escaped}${quote}`;
}

/** What cannot be printed, by its number. */
function codePointEscape(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const hex = codePoint.toString(16);
  if (codePoint <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return codePoint <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function isDict(value: object): value is ReadonlyMap<PythonValue, PythonValue> {
  return value instanceof Map;
}
