/** A value that Python's `repr` wrote. Lists and tuples are arrays; a dict is a `Map` in the order of the text. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | readonly PythonValue[]
  | ReadonlyMap<PythonValue, PythonValue>;

/** Text that is not a literal this parser knows, with the place where it stops being one. */
export class PythonLiteralError extends Error {
  readonly position: number;

  constructor(position: number, message: string) {
    super(`${message} at character ${position}`);
    this.name = 'PythonLiteralError';
    this.position = position;
  }
}

/** A dictionary of 20 000 class names is about half of this. */
const maxCharacters = 1_048_576;

/** Export arguments nest two deep; the recursion must end long before the stack does. */
const maxDepth = 32;

const constants: ReadonlyMap<string, PythonValue> = new Map<string, PythonValue>([
  ['True', true],
  ['False', false],
  ['None', null],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
]);

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
]);

/** Digits of the escapes that name a code point. */
const codePointEscapes: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/**
 * Parses what Python's `repr` writes for dict, list, tuple, str, int, float, bool and None, nested at will; nothing is
 * executed. Throws `PythonLiteralError` on anything else, and on text longer than 1 MiB or nested deeper than 32.
 * Grammar: https://docs.python.org/3/reference/lexical_analysis.html#literals
 */
export function parsePythonLiteral(text: string): PythonValue {
  if (text.length > maxCharacters) {
    throw new PythonLiteralError(0, `expected at most ${maxCharacters} characters, found ${text.length}`);
  }
  const cursor = new Cursor(text);
  const value = readValue(cursor, 0);
  cursor.skipSpace();
  if (!cursor.atEnd()) throw cursor.error('expected the end of the text');
  return value;
}

class Cursor {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  atEnd(): boolean {
    return this.position >= this.text.length;
  }

  peek(): string {
    return this.text.charAt(this.position);
  }

  next(): string {
    const character = this.peek();
    if (character === '') throw this.error('expected more text');
    this.position += 1;
    return character;
  }

  skipSpace(): void {
    while (' \t\r\n'.includes(this.peek()) && !this.atEnd()) this.position += 1;
  }

  /** Steps over `character`, after spaces, if it stands here. */
  accept(character: string): boolean {
    this.skipSpace();
    if (this.peek() !== character) return false;
    this.position += 1;
    return true;
  }

  expect(character: string): void {
    if (!this.accept(character)) throw this.error(`expected ${character}`);
  }

  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.position += found.length;
    return found;
  }

  error(message: string): PythonLiteralError {
    const found = this.atEnd() ? 'the end' : JSON.stringify(this.text.slice(this.position, this.position + 12));
    return new PythonLiteralError(this.position, `${message}, found ${found}`);
  }
}

function readValue(cursor: Cursor, depth: number): PythonValue {
  if (depth > maxDepth) throw cursor.error(`expected at most ${maxDepth} levels of brackets`);
  cursor.skipSpace();
  switch (cursor.peek()) {
    case '{':
      return readDict(cursor, depth);
    case '[':
      return readSequence(cursor, depth, '[', ']').items;
    case '(':
      return readTuple(cursor, depth);
    case "'":
    case '"':
      return readString(cursor);
    default:
      return readAtom(cursor);
  }
}

function readDict(cursor: Cursor, depth: number): ReadonlyMap<PythonValue, PythonValue> {
  const entries = new Map<PythonValue, PythonValue>();
  cursor.expect('{');
  while (!cursor.accept('}')) {
    const key = readValue(cursor, depth + 1);
    cursor.expect(':');
    entries.set(key, readValue(cursor, depth + 1));
    if (cursor.accept(',')) continue;
    cursor.expect('}');
    break;
  }
  return entries;
}

/** The items between two brackets, and whether a comma followed the last one. */
function readSequence(
  cursor: Cursor,
  depth: number,
  open: string,
  close: string,
): { items: readonly PythonValue[]; endsInComma: boolean } {
  const items: PythonValue[] = [];
  cursor.expect(open);
  while (!cursor.accept(close)) {
    items.push(readValue(cursor, depth + 1));
    if (cursor.accept(',')) continue;
    cursor.expect(close);
    return { items, endsInComma: false };
  }
  return { items, endsInComma: items.length > 0 };
}

/** `(1)` is a parenthesised 1 and `(1,)` a tuple: the comma decides, as in Python. */
function readTuple(cursor: Cursor, depth: number): PythonValue {
  const { items, endsInComma } = readSequence(cursor, depth, '(', ')');
  const [only] = items;
  return items.length === 1 && only !== undefined && !endsInComma ? only : items;
}

function readString(cursor: Cursor): string {
  const quote = cursor.next();
  const parts: string[] = [];
  for (;;) {
    const plain = cursor.match(quote === "'" ? /[^'\\\n]+/y : /[^"\\\n]+/y);
    if (plain !== null) parts.push(plain);
    const character = cursor.next();
    if (character === quote) return parts.join('');
    if (character !== '\\') throw cursor.error(`expected ${quote} before the end of the line`);
    parts.push(readEscape(cursor));
  }
}

function readEscape(cursor: Cursor): string {
  const letter = cursor.next();
  const simple = escapes.get(letter);
  if (simple !== undefined) return simple;
  const digits = codePointEscapes.get(letter);
  if (digits === undefined) throw cursor.error(`expected an escape that repr writes, found \\${letter}`);
  const hex = cursor.text.slice(cursor.position, cursor.position + digits);
  const codePoint = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits ? Number.parseInt(hex, 16) : Number.NaN;
  if (!(codePoint <= 0x10ffff)) throw cursor.error(`expected ${digits} hexadecimal digits of a code point`);
  cursor.position += digits;
  return String.fromCodePoint(codePoint);
}

function readAtom(cursor: Cursor): PythonValue {
  const start = cursor.position;
  const word = cursor.match(/-?[A-Za-z]+/y);
  if (word !== null) {
    const constant = constants.get(word);
    if (constant !== undefined) return constant;
    cursor.position = start;
    throw cursor.error('expected True, False, None, a number, a string or a bracket');
  }
  const number = cursor.match(/[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?/y);
  if (number === null) throw cursor.error('expected a Python literal');
  return Number(number);
}
