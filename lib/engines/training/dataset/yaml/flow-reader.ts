import { checkDepth, type YamlNode, type YamlScalar, yamlFault } from '@/lib/engines/training/dataset/yaml/yaml-node';

/** Quoted texts, [lists] and {maps}: what may run over several lines, read by character from an offset of the file. */
export class FlowReader {
  readonly #source: string;
  #at: number;
  #line: number;

  constructor(source: string, offset: number, line: number) {
    this.#source = source;
    this.#at = offset;
    this.#line = line;
  }

  /** Offset after what was read, and its line. */
  get end(): { readonly offset: number; readonly line: number } {
    return { offset: this.#at, line: this.#line };
  }

  value(depth: number): YamlNode {
    checkDepth(depth, this.#line);
    switch (this.#peek()) {
      case '[':
        return this.#sequence(depth);
      case '{':
        return this.#mapping(depth);
      case '"':
      case "'":
        return this.quoted();
      default:
        return this.#plain();
    }
  }

  quoted(): YamlScalar {
    const line = this.#line;
    const quote = this.#next();
    const lines: string[] = [];
    let text = '';
    for (;;) {
      if (this.#at >= this.#source.length) throw yamlFault(line, 'the quotation that begins there has no end');
      const character = this.#next();
      if (character === quote) {
        if (quote !== "'" || this.#peek() !== "'") break;
        text += this.#next();
      } else if (character === '\\' && quote === '"') text += this.#escaped();
      else if (character === '\n') {
        // A line break within quotes is one blank, whatever stands around it.
        lines.push(text.trimEnd());
        text = '';
        while (/\s/.test(this.#peek())) this.#next();
      } else text += character;
    }
    return { kind: 'scalar', text: [...lines, text].join(' '), isQuoted: true, line };
  }

  #sequence(depth: number): YamlNode {
    const line = this.#line;
    const items: YamlNode[] = [];
    this.#list(']', () => items.push(this.value(depth + 1)));
    return { kind: 'sequence', items, line };
  }

  #mapping(depth: number): YamlNode {
    const line = this.#line;
    const entries = new Map<string, YamlNode>();
    this.#list('}', () => {
      const key = this.value(depth + 1);
      if (key.kind !== 'scalar') throw yamlFault(key.line, 'a key must be a text');
      if (entries.has(key.text)) throw yamlFault(key.line, `the key “${key.text.slice(0, 60)}” stands there twice`);
      this.#skipBlank();
      if (this.#peek() !== ':') throw yamlFault(this.#line, 'a colon was expected after a key');
      this.#next();
      this.#skipBlank();
      entries.set(key.text, this.value(depth + 1));
    });
    return { kind: 'mapping', entries, line };
  }

  /** What stands between the bracket at hand and its partner, separated by commas; a comma may come last. */
  #list(close: string, readItem: () => void): void {
    const line = this.#line;
    this.#next();
    for (;;) {
      this.#skipBlank();
      if (this.#at >= this.#source.length)
        throw yamlFault(line, `the list that begins there does not end in “${close}”`);
      if (this.#peek() === close) break;
      readItem();
      this.#skipBlank();
      if (this.#peek() === ',') this.#next();
      else if (this.#peek() !== close) throw yamlFault(this.#line, `a comma or “${close}” was expected`);
    }
    this.#next();
  }

  #plain(): YamlScalar {
    const line = this.#line;
    const rest = /[^,[\]{}\n]*/y;
    rest.lastIndex = this.#at;
    const [run] = rest.exec(this.#source) ?? [''];
    const text = run.replace(/:(?=\s|$).*$|\s#.*$/, '');
    if (/^[&*!|>%@`]/.test(text)) throw yamlFault(line, `“${text[0]}” begins something that is not read here`);
    this.#at += text.length;
    return { kind: 'scalar', text: text.trim(), isQuoted: false, line };
  }

  #escaped(): string {
    const character = this.#next();
    const digits = escapeDigits[character];
    if (digits === undefined) {
      const plain = plainEscapes[character];
      if (plain === undefined) throw yamlFault(this.#line, `“\\${character}” is no escape`);
      return plain;
    }
    const written = this.#source.slice(this.#at, this.#at + digits);
    const code = /^[0-9a-fA-F]+$/.test(written) && written.length === digits ? Number.parseInt(written, 16) : 0x110000;
    if (code > 0x10ffff) throw yamlFault(this.#line, `“\\${character}${written}” is no character`);
    this.#at += digits;
    return String.fromCodePoint(code);
  }

  #skipBlank(): void {
    for (;;) {
      const character = this.#peek();
      if (character === '#' && /\s/.test(this.#source[this.#at - 1] ?? ' ')) {
        while (this.#at < this.#source.length && this.#peek() !== '\n') this.#at++;
      } else if (character !== '' && /\s/.test(character)) this.#next();
      else return;
    }
  }

  #peek(): string {
    return this.#source[this.#at] ?? '';
  }

  #next(): string {
    const character = this.#peek();
    if (character === '\n') this.#line++;
    this.#at++;
    return character;
  }
}

const plainEscapes: Readonly<Record<string, string | undefined>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  ' ': ' ',
  '0': '\0',
  n: '\n',
  r: '\r',
  t: '\t',
  '\n': '',
};

const escapeDigits: Readonly<Record<string, number | undefined>> = { x: 2, u: 4, U: 8 };
