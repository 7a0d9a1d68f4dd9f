import type { ByteSource } from '@/lib/engines/model-files/byte-source';

/** A message or a length-delimited value inside the source: [start, end) in bytes from the beginning. */
export type ByteRange = { readonly start: number; readonly end: number };

/** One field of a message as it stands on the wire. Fixed-width values are located, not decoded: facts need none of them. */
export type ProtobufField =
  /** `value` is the varint read as a signed 64-bit integer, exact up to ±2^53. */
  | { readonly wire: 'varint'; readonly number: number; readonly value: number }
  | { readonly wire: 'bytes' | 'fixed32' | 'fixed64'; readonly number: number; readonly range: ByteRange };

/** Why bytes cannot be read as protobuf. `truncated` only when the source itself ends too early. */
export type ProtobufDefect = 'truncated' | 'malformed' | 'too-large';

/** Thrown by the reader on foreign bytes; the reader of a format turns it into a `Fault` that names the format. */
export class ProtobufError extends Error {
  readonly defect: ProtobufDefect;
  readonly offset: number;

  constructor(defect: ProtobufDefect, offset: number, message: string) {
    super(`${message} (byte ${offset})`);
    this.name = 'ProtobufError';
    this.defect = defect;
    this.offset = offset;
  }
}

/** Messages inside messages: ONNX needs six per level of nested graphs, and no exporter nests more than a few levels. */
const maxDepth = 60;

/** Fields visited in one file: the largest YOLO graphs have some 50 000; a hostile file of empty fields must not hold the thread. */
const maxFields = 5_000_000;

/** First read at a new place, and the most a run of neighbouring reads grows to: a skipped tensor costs no more than the former. */
const smallestWindow = 2_048;
const largestWindow = 65_536;

/** A tag and a varint or length after it: each at most ten bytes (protobuf encoding, “Base 128 varints”). */
const longestHeader = 20;

/**
 * Reads protobuf messages from a source without holding them: values that nobody asks for, as megabytes of weights, are
 * stepped over unread. Every length is checked against its enclosing message before it is believed.
 * Format: https://protobuf.dev/programming-guides/encoding/ (groups, deprecated since 2008, are refused).
 */
export class ProtobufReader {
  readonly whole: ByteRange;
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array(0);
  #windowStart = 0;
  #fieldsLeft = maxFields;
  #position = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.whole = { start: 0, end: source.sizeBytes };
  }

  /**
   * Calls `visit` for each field of the message in `range`, in order. `depth` is 0 for the outermost message and one more for
   * each message inside. Throws `ProtobufError` where the bytes are not a message.
   */
  async visitMessage(
    range: ByteRange,
    depth: number,
    visit: (field: ProtobufField) => Promise<void> | void,
  ): Promise<void> {
    if (depth > maxDepth) {
      throw new ProtobufError('too-large', range.start, `messages are nested more than ${maxDepth} deep`);
    }
    let position = range.start;
    while (position < range.end) {
      if (this.#fieldsLeft === 0) {
        throw new ProtobufError('too-large', position, `the file has more than ${maxFields} fields`);
      }
      this.#fieldsLeft -= 1;
      if (!this.#holds(position, Math.min(longestHeader, range.end - position))) await this.#load(position);
      const field = this.#readField(position, range);
      position = this.#position;
      const pending = visit(field);
      if (pending !== undefined) await pending;
    }
  }

  /** The bytes of a value, at most `maxBytes` of them: longer values are refused, not cut. */
  async bytes(range: ByteRange, maxBytes: number): Promise<Uint8Array> {
    const length = range.end - range.start;
    if (length > maxBytes) {
      throw new ProtobufError(
        'too-large',
        range.start,
        `a value of ${length} bytes where at most ${maxBytes} make sense`,
      );
    }
    if (!this.#holds(range.start, length)) {
      if (length > largestWindow) return this.#source.read(range.start, length);
      await this.#load(range.start, length);
    }
    return this.#window.subarray(range.start - this.#windowStart, range.end - this.#windowStart);
  }

  /** A value as UTF-8 text; bytes that are not UTF-8 become U+FFFD. */
  async text(range: ByteRange, maxBytes: number): Promise<string> {
    return new TextDecoder().decode(await this.bytes(range, maxBytes));
  }

  /** The numbers of a packed repeated varint field (`repeated int64 dims`), at most `maxCount`. */
  async packedVarints(range: ByteRange, maxCount: number): Promise<readonly number[]> {
    await this.bytes(range, maxCount * 10);
    const values: number[] = [];
    let position = range.start;
    while (position < range.end) {
      values.push(this.#readVarint(position, range));
      position = this.#position;
    }
    return values;
  }

  #readField(start: number, range: ByteRange): ProtobufField {
    const tag = this.#readVarint(start, range);
    const number = Math.floor(tag / 8);
    if (tag < 8 || number > 0x1fffffff) {
      throw new ProtobufError('malformed', start, `field number ${number} does not exist in protobuf`);
    }
    switch (tag % 8) {
      case 0:
        return { wire: 'varint', number, value: this.#readVarint(this.#position, range) };
      case 1:
        return { wire: 'fixed64', number, range: this.#take(8, range) };
      case 2: {
        const length = this.#readVarint(this.#position, range);
        return { wire: 'bytes', number, range: this.#take(length, range) };
      }
      case 5:
        return { wire: 'fixed32', number, range: this.#take(4, range) };
      default:
        throw new ProtobufError('malformed', start, `wire type ${tag % 8} is not in use`);
    }
  }

  #take(length: number, enclosing: ByteRange): ByteRange {
    const start = this.#position;
    if (length < 0 || length > enclosing.end - start) {
      throw this.#pastEnd(start, enclosing, `a value of ${length} bytes where ${enclosing.end - start} are left`);
    }
    this.#position = start + length;
    return { start, end: start + length };
  }

  /** Decodes the varint at `start` out of the window, which the caller has filled, and leaves #position behind it. */
  #readVarint(start: number, enclosing: ByteRange): number {
    let low = 0;
    let high = 0;
    const base = this.#windowStart;
    for (let index = 0; index < 10; index += 1) {
      if (start + index >= enclosing.end) throw this.#pastEnd(start, enclosing, 'a number is cut off');
      const byte = this.#window[start + index - base] ?? 0;
      const bits = byte & 0x7f;
      if (index < 4) low |= bits << (7 * index);
      if (index === 4) {
        low |= bits << 28;
        high |= bits >>> 4;
      }
      if (index > 4) high |= bits << (7 * index - 32);
      if ((byte & 0x80) === 0) {
        this.#position = start + index + 1;
        return (high | 0) * 0x1_0000_0000 + (low >>> 0);
      }
    }
    throw new ProtobufError('malformed', start, 'a number is longer than ten bytes');
  }

  #pastEnd(offset: number, enclosing: ByteRange, message: string): ProtobufError {
    const defect = enclosing.end === this.whole.end && enclosing.start === 0 ? 'truncated' : 'malformed';
    return new ProtobufError(defect, offset, message);
  }

  #holds(start: number, length: number): boolean {
    return start >= this.#windowStart && start + length <= this.#windowStart + this.#window.byteLength;
  }

  async #load(start: number, atLeast = longestHeader): Promise<void> {
    const windowEnd = this.#windowStart + this.#window.byteLength;
    const isNext = start >= this.#windowStart && start <= windowEnd && this.#window.byteLength > 0;
    const wanted = isNext ? Math.min(largestWindow, this.#window.byteLength * 2) : smallestWindow;
    const length = Math.min(Math.max(wanted, atLeast), this.whole.end - start);
    const window = await this.#source.read(start, length);
    if (window.byteLength < length)
      throw new ProtobufError('truncated', start, 'the file became shorter while it was read');
    this.#window = window;
    this.#windowStart = start;
  }
}
