import { damagedCheckpoint, truncatedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';

/** Module paths and class names are some dozens of characters; a line without end must not be searched for over megabytes. */
const longestLine = 1024;

const newline = 0x0a;

/** Reads the arguments of pickle instructions. Every length is checked before it is believed; beyond the end is a `Fault`. */
export class PickleCursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder();
  /** Bytes from the beginning of the pickle. */
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get bytesLeft(): number {
    return this.#bytes.byteLength - this.position;
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** An unsigned number of eight bytes; inexact above 2⁵³, where nothing in memory reaches. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#take(8), true));
  }

  /** The only number that pickle writes big-endian. */
  float64(): number {
    return this.#view.getFloat64(this.#take(8), false);
  }

  /** Views, not copies. */
  bytes(length: number): Uint8Array {
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  text(length: number): string {
    return this.#decoder.decode(this.bytes(length));
  }

  /** The text up to the next newline, which is stepped over. */
  line(): string {
    const limit = Math.min(this.#bytes.byteLength, this.position + longestLine);
    for (let end = this.position; end < limit; end++) {
      if (this.#bytes[end] !== newline) continue;
      const text = this.text(end - this.position);
      this.position = end + 1;
      return text;
    }
    if (limit === this.#bytes.byteLength) throw endsEarly(this.position);
    throw damagedCheckpoint(`its pickle has a name of more than ${longestLine} bytes (byte ${this.position})`);
  }

  #take(length: number): number {
    if (length > this.bytesLeft) throw endsEarly(this.position);
    const start = this.position;
    this.position += length;
    return start;
  }
}

function endsEarly(position: number) {
  return truncatedCheckpoint(`its pickle ends in the middle of an instruction (byte ${position})`);
}
