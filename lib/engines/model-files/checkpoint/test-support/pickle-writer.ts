import { present } from '@/lib/core/assert';
import { pickleOpcodes } from '@/lib/engines/model-files/checkpoint/pickle/pickle-opcodes';

const codes: ReadonlyMap<string, number> = new Map([...pickleOpcodes].map(([code, { name }]) => [name, code]));

/** Writes pickles instruction by instruction: good ones for `writeCheckpoint`, and hostile ones that no library would write. */
export class PickleWriter {
  readonly #parts: Uint8Array[] = [];
  #memoised = 0;

  /** The instruction of that name of Python's `pickletools`, and whatever bytes are to follow it. */
  op(name: string, ...argument: readonly Uint8Array[]): this {
    this.#parts.push(Uint8Array.of(present(codes.get(name), `the pickle instruction ${name}`)), ...argument);
    return this;
  }

  ops(...names: readonly string[]): this {
    for (const name of names) this.op(name);
    return this;
  }

  raw(...bytes: readonly number[]): this {
    this.#parts.push(Uint8Array.from(bytes));
    return this;
  }

  protocol(version = 2): this {
    return this.op('PROTO', Uint8Array.of(version));
  }

  text(text: string): this {
    const bytes = Buffer.from(text);
    return this.op('BINUNICODE', uint32(bytes.length), bytes);
  }

  integer(value: number): this {
    if (value >= 0 && value < 2 ** 8) return this.op('BININT1', Uint8Array.of(value));
    if (value >= -(2 ** 31) && value < 2 ** 31) return this.op('BININT', uint32(value >>> 0));
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(value));
    return this.op('LONG1', Uint8Array.of(8), bytes);
  }

  float(value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return this.op('BINFLOAT', bytes);
  }

  global(module: string, name: string): this {
    return this.op('GLOBAL', Buffer.from(`${module}\n${name}\n`));
  }

  inst(module: string, name: string): this {
    return this.op('INST', Buffer.from(`${module}\n${name}\n`));
  }

  /** Keeps the top value under the next number, as Python's pickler does for whatever may come again. Gives the number. */
  memoise(): number {
    const index = this.#memoised;
    this.#memoised += 1;
    this.put(index);
    return index;
  }

  put(index: number): this {
    return index < 256 ? this.op('BINPUT', Uint8Array.of(index)) : this.op('LONG_BINPUT', uint32(index));
  }

  get(index: number): this {
    return index < 256 ? this.op('BINGET', Uint8Array.of(index)) : this.op('LONG_BINGET', uint32(index));
  }

  finish(): Uint8Array {
    return Buffer.concat([...this.#parts, Uint8Array.of(present(codes.get('STOP'), 'STOP'))]);
  }

  /** The bytes so far, for a pickle that does not end as one should. */
  unfinished(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}

export function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
