import { FlowReader } from '@/lib/engines/training/dataset/yaml/flow-reader';
import { checkDepth, type YamlNode, type YamlScalar, yamlFault } from '@/lib/engines/training/dataset/yaml/yaml-node';

/**
 * Reads the part of YAML that descriptions of data sets are written in: nested maps and lists in block and flow style, plain and
 * quoted texts, blocks of text, comments. Anchors, aliases, tags and several documents are refused: nothing in a data set needs
 * them, and they are what YAML readers are attacked with.
 *
 * Why not a package: engines take none, and every YAML package turns class names like `no` or `1e3` into other things.
 *
 * Throws a `Fault` (`input-invalid`) that names the line.
 */
export function readYaml(text: string): YamlNode {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const reader = new BlockReader(source);
  return reader.document();
}

/** What stands after it is not of this document. */
const endOfDocument = '...';

type Line = {
  /** Column of the first character that is no blank. */
  readonly indent: number;
  /** Offset of that character in the source. */
  readonly start: number;
  readonly content: string;
  readonly number: number;
};

class BlockReader {
  readonly #source: string;
  readonly #lines: Line[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#lines = linesOf(source);
  }

  document(): YamlNode {
    if (this.#peek()?.content.startsWith('---')) this.#at++;
    const node = this.#block(0, 0);
    const rest = this.#peek();
    if (rest !== null) {
      throw yamlFault(rest.number, 'it is indented unlike what stands above, or begins a second document');
    }
    return node;
  }

  /** The value that begins at the next line, if that is indented enough; an empty scalar otherwise. */
  #block(indent: number, depth: number): YamlNode {
    const line = this.#peek();
    if (line === null || line.indent < indent) return this.#nothing();
    checkDepth(depth, line.number);
    if (isItem(line.content)) return this.#sequence(line.indent, depth);
    if (keyEnd(line.content) !== null) return this.#mapping(line.indent, depth);
    return this.#inline(line, 0, indent - 1, depth);
  }

  #mapping(indent: number, depth: number): YamlNode {
    const entries = new Map<string, YamlNode>();
    const first = this.#peek()?.number ?? 0;
    for (let line = this.#peek(); line !== null && line.indent === indent; line = this.#peek()) {
      if (isItem(line.content)) break;
      const end = keyEnd(line.content);
      if (end === null) throw yamlFault(line.number, 'a key and a colon were expected');
      const key = this.#key(line, end);
      if (entries.has(key)) throw yamlFault(line.number, `the key “${key.slice(0, 60)}” stands there twice`);
      const valueAt = end + 1 + blanksAt(line.content, end + 1);
      entries.set(key, this.#valueOf(line, valueAt, depth));
    }
    return { kind: 'mapping', entries, line: first };
  }

  #sequence(indent: number, depth: number): YamlNode {
    const items: YamlNode[] = [];
    const first = this.#peek()?.number ?? 0;
    for (let line = this.#peek(); line !== null && line.indent === indent; line = this.#peek()) {
      if (!isItem(line.content)) break;
      const skipped = 1 + blanksAt(line.content, 1);
      const content = line.content.slice(skipped);
      if (isItem(content) || (content !== '' && !isComment(content) && keyEnd(content) !== null)) {
        // The item is a list or map of its own that begins on this very line: read it as if it stood there alone.
        this.#lines[this.#at] = { ...line, indent: indent + skipped, start: line.start + skipped, content };
        items.push(this.#block(indent + 1, depth + 1));
      } else items.push(this.#valueOf({ ...line, indent }, skipped, depth, true));
    }
    return { kind: 'sequence', items, line: first };
  }

  #key({ content, start, number }: Line, end: number): string {
    const written = content.slice(0, end);
    if (!/^["']/.test(written)) return written.trim();
    return new FlowReader(this.#source, start, number).quoted().text;
  }

  /** What follows a key or a dash on the line at hand, or below it. */
  #valueOf(line: Line, at: number, depth: number, isListItem = false): YamlNode {
    const written = line.content.slice(at);
    if (written !== '' && !isComment(written)) {
      return /^[|>][+-]?\d?[+-]?\s*(#.*)?$/.test(written)
        ? this.#textBlock(line)
        : this.#inline(line, at, line.indent, depth + 1);
    }
    this.#at++;
    const below = this.#peek();
    // A list may stand no deeper than the key it belongs to.
    const isFlushList = !isListItem && below !== null && below.indent === line.indent && isItem(below.content);
    return this.#block(isFlushList ? line.indent : line.indent + 1, depth + 1);
  }

  #inline(line: Line, at: number, parentIndent: number, depth: number): YamlNode {
    const written = line.content.slice(at);
    if (!/^["'[{]/.test(written)) return this.#plain(line, written, parentIndent);
    const reader = new FlowReader(this.#source, line.start + at, line.number);
    const node = reader.value(depth);
    const { offset, line: lastLine } = reader.end;
    const after = /[^\n]*/y;
    after.lastIndex = offset;
    const [rest] = after.exec(this.#source) ?? [''];
    if (rest.trim() !== '' && !/^\s+#/.test(rest))
      throw yamlFault(lastLine, `“${rest.trim().slice(0, 40)}” follows a value`);
    while (this.#at < this.#lines.length && this.#lines[this.#at].number <= lastLine) this.#at++;
    return node;
  }

  /** A plain text goes on in lines that are indented deeper. */
  #plain(line: Line, written: string, parentIndent: number): YamlScalar {
    if (/^[&*!%@`|>]|^\? /.test(written))
      throw yamlFault(line.number, `“${written[0]}” begins something that is not read here`);
    const parts = [withoutComment(written)];
    this.#at++;
    for (let next = this.#peek(); next !== null && next.indent > parentIndent; next = this.#peek()) {
      if (keyEnd(next.content) !== null) throw yamlFault(next.number, 'it is indented deeper than what stands above');
      parts.push(withoutComment(next.content));
      this.#at++;
    }
    return { kind: 'scalar', text: parts.join(' '), isQuoted: false, line: line.number };
  }

  /** All lines that are indented deeper than the key, kept as they are. */
  #textBlock({ indent, number }: Line): YamlScalar {
    const texts: string[] = [];
    this.#at++;
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at];
      if (line.content !== '' && line.indent <= indent) break;
      texts.push(line.content);
    }
    return { kind: 'scalar', text: texts.join('\n').trimEnd(), isQuoted: true, line: number };
  }

  #nothing(): YamlScalar {
    const line = this.#lines[Math.min(this.#at, this.#lines.length) - 1]?.number ?? 1;
    return { kind: 'scalar', text: '', isQuoted: false, line };
  }

  /** The next line that says something; those that do not are passed over. */
  #peek(): Line | null {
    while (this.#at < this.#lines.length && isSilent(this.#lines[this.#at].content)) this.#at++;
    const line = this.#lines[this.#at];
    if (line === undefined || line.content === endOfDocument) return null;
    if (line.content.startsWith('\t')) throw yamlFault(line.number, 'it is indented with a tab; YAML wants blanks');
    return line;
  }
}

function linesOf(source: string): Line[] {
  let offset = 0;
  return source.split('\n').map((written, index) => {
    const indent = blanksAt(written, 0);
    const line = { indent, start: offset + indent, content: written.slice(indent).trimEnd(), number: index + 1 };
    offset += written.length + 1;
    return line;
  });
}

function blanksAt(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at - from;
}

function isItem(content: string): boolean {
  return content === '-' || content.startsWith('- ');
}

function isComment(content: string): boolean {
  return content.startsWith('#');
}

function isSilent(content: string): boolean {
  return content === '' || isComment(content);
}

/** Position of the colon after a key, or null when the line has none. */
function keyEnd(content: string): number | null {
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*') *(?=:(?: |$))/.exec(content);
  if (quoted !== null) return quoted[0].length;
  if (/^["'[\]{},#&*!|>%@`]/.test(content)) return null;
  const comment = content.indexOf(' #');
  const end = content.search(/:(?=\s|$)/);
  return end <= 0 || (comment >= 0 && comment < end) ? null : end;
}

function withoutComment(text: string): string {
  return text.replace(/\s#.*$/, '').trimEnd();
}
