/**
 * Reads numbers and words out of the first bytes of a file. Bytes past the end read as zero, so that a parser of a cut
 * head finds a size of zero, which no image has, instead of failing.
 */
export class HeadBytes {
  readonly length: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.length = bytes.length;
  }

  u8(offset: number): number {
    return this.#bytes[offset] ?? 0;
  }

  u16(offset: number, littleEndian: boolean): number {
    const [a, b] = [this.u8(offset), this.u8(offset + 1)];
    return littleEndian ? a | (b << 8) : (a << 8) | b;
  }

  u24le(offset: number): number {
    return this.u16(offset, true) | (this.u8(offset + 2) << 16);
  }

  u32(offset: number, littleEndian: boolean): number {
    const first = this.u16(offset, littleEndian);
    const second = this.u16(offset + 2, littleEndian);
    return littleEndian ? first + second * 0x10000 : first * 0x10000 + second;
  }

  i32le(offset: number): number {
    return this.u32(offset, true) | 0;
  }

  /** Bytes as Latin-1 characters, fewer at the end. */
  text(offset: number, length: number): string {
    return String.fromCharCode(...this.#bytes.subarray(offset, offset + length));
  }

  /** The first bytes as text, a cut last character left out; null when they are not UTF-8. */
  utf8(length: number): string | null {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.#bytes.subarray(0, length), { stream: true });
    } catch {
      return null;
    }
  }

  slice(offset: number, length: number): HeadBytes {
    return new HeadBytes(this.#bytes.subarray(offset, offset + length));
  }

  startsWith(signature: readonly number[]): boolean {
    return signature.length <= this.length && signature.every((byte, i) => this.#bytes[i] === byte);
  }
}
