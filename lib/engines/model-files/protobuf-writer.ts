/** Values of at least this many bytes are kept as they are and copied once, at the end: weights are large. */
const ownChunkBytes = 1_024;

/** Room in a message for bytes that are known only after it is laid out. */
type Reservation = { readonly byteLength: number; readonly placed: (room: Uint8Array) => void };

/**
 * Writes one protobuf message, field by field, in the order of the calls. Messages inside are writers of their own.
 * Format: https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufWriter {
  readonly #chunks: (Uint8Array | Reservation)[] = [];
  #pending: number[] = [];
  #chunkedBytes = 0;

  get sizeBytes(): number {
    return this.#chunkedBytes + this.#pending.length;
  }

  /** An int32, int64, uint64, bool or enum field; negative numbers take ten bytes, as the format wants. */
  varint(number: number, value: number | bigint): this {
    this.#tag(number, 0);
    this.#varint(BigInt.asUintN(64, BigInt(value)));
    return this;
  }

  /** A float field. */
  float32(number: number, value: number): this {
    this.#tag(number, 5);
    this.#append(float32Bytes([value]));
    return this;
  }

  /** A bytes field. The array is not copied before `finish`: do not change it until then. */
  bytes(number: number, value: Uint8Array): this {
    this.#tag(number, 2);
    this.#varint(BigInt(value.byteLength));
    this.#append(value);
    return this;
  }

  /** A bytes field of zeros. `finish` hands its room in the finished message to `placed`, for the bytes to be written into. */
  reserved(number: number, byteLength: number, placed: (room: Uint8Array) => void): this {
    this.#tag(number, 2);
    this.#varint(BigInt(byteLength));
    this.#appendChunk({ byteLength, placed });
    return this;
  }

  /** A string field, in UTF-8. */
  text(number: number, value: string): this {
    return this.bytes(number, new TextEncoder().encode(value));
  }

  /** A field that is itself a message. The writer inside must be complete. */
  message(number: number, inner: ProtobufWriter): this {
    this.#tag(number, 2);
    this.#varint(BigInt(inner.sizeBytes));
    for (const chunk of inner.#allChunks()) {
      if ('placed' in chunk) this.#appendChunk(chunk);
      else this.#append(chunk);
    }
    return this;
  }

  /** A `repeated float` field, packed. */
  packedFloats(number: number, values: readonly number[]): this {
    return this.bytes(number, float32Bytes(values));
  }

  /** A `repeated int64` field, packed. */
  packedVarints(number: number, values: readonly (number | bigint)[]): this {
    const inner = new ProtobufWriter();
    for (const value of values) inner.#varint(BigInt.asUintN(64, BigInt(value)));
    return this.bytes(number, inner.finish());
  }

  /** The message as bytes of their own. */
  finish(): Uint8Array {
    const message = new Uint8Array(this.sizeBytes);
    let offset = 0;
    for (const chunk of this.#allChunks()) {
      if ('placed' in chunk) chunk.placed(message.subarray(offset, offset + chunk.byteLength));
      else message.set(chunk, offset);
      offset += chunk.byteLength;
    }
    return message;
  }

  #tag(number: number, wireType: number): void {
    this.#varint(BigInt(number * 8 + wireType));
  }

  #varint(value: bigint): void {
    let rest = value;
    while (rest > 0x7fn) {
      this.#pending.push(Number(rest & 0x7fn) | 0x80);
      rest >>= 7n;
    }
    this.#pending.push(Number(rest));
  }

  #append(bytes: Uint8Array): void {
    if (bytes.byteLength < ownChunkBytes) {
      for (const byte of bytes) this.#pending.push(byte);
      return;
    }
    this.#appendChunk(bytes);
  }

  #appendChunk(chunk: Uint8Array | Reservation): void {
    this.#flush();
    this.#chunks.push(chunk);
    this.#chunkedBytes += chunk.byteLength;
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    this.#chunks.push(Uint8Array.from(this.#pending));
    this.#chunkedBytes += this.#pending.length;
    this.#pending = [];
  }

  #allChunks(): readonly (Uint8Array | Reservation)[] {
    this.#flush();
    return this.#chunks;
  }
}

/** The format is little-endian whatever the machine is. */
function float32Bytes(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [index, value] of values.entries()) view.setFloat32(index * 4, value, true);
  return new Uint8Array(view.buffer);
}
