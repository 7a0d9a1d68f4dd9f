import { Fault } from '@/lib/core/fault';
import { instructions } from '@/lib/engines/model-files/checkpoint/pickle/instructions';
import { PickleCursor } from '@/lib/engines/model-files/checkpoint/pickle/pickle-cursor';
import {
  opcodeName,
  type PickleArgument,
  pickleOpcodes,
} from '@/lib/engines/model-files/checkpoint/pickle/pickle-opcodes';

export type ScannedGlobal = { readonly module: string; readonly name: string };

/** What a look at a pickle's instructions shows. Nothing is built, so this works for pickles that are refused, too. */
export type PickleScan = {
  /** Every global the pickle names, in the order of first use. */
  readonly globals: readonly ScannedGlobal[];
  /** Names of the instructions in it that no checkpoint needs, in the order of first use. */
  readonly foreignInstructions: readonly string[];
  /** Bytes up to and with the STOP; null where the scan could not follow the pickle so far. */
  readonly length: number | null;
};

/** As many as anybody will read; a file that names more is not described better by all of them. */
const maximumGlobals = 2000;
const maximumInstructions = 12_000_000;
/** Of the words on the stack only the last two matter. */
const wordsKept = 2;
const maximumWords = 500_000;

const stop = 0x2e;

/**
 * Lists the globals and the foreign instructions of a pickle by stepping over it. STACK_GLOBAL takes its words from the stack:
 * the last two that were pushed or recalled before it are taken for them, as a pickler writes it.
 */
export function scanPickle(bytes: Uint8Array): PickleScan {
  const scan = new Scan(bytes);
  try {
    while (scan.step());
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
  return scan.result();
}

class Scan {
  readonly #cursor: PickleCursor;
  readonly #globals = new Map<string, ScannedGlobal>();
  readonly #foreign = new Set<string>();
  readonly #memo = new Map<number, string>();
  #memoSize = 0;
  readonly #words: string[] = [];
  #steps = 0;
  #length: number | null = null;

  constructor(bytes: Uint8Array) {
    this.#cursor = new PickleCursor(bytes);
  }

  /** Steps over one instruction; false at the end, or where this is no pickle any more. */
  step(): boolean {
    const code = this.#cursor.uint8();
    this.#steps += 1;
    if (code === stop) {
      this.#length = this.#cursor.position;
      return false;
    }
    const opcode = pickleOpcodes.get(code);
    if (!instructions.has(code)) this.#foreign.add(opcodeName(code));
    if (opcode === undefined || this.#steps > maximumInstructions) return false;
    this.#follow(opcode.name, opcode.argument);
    return true;
  }

  result(): PickleScan {
    return {
      globals: [...this.#globals.values()],
      foreignInstructions: [...this.#foreign].slice(0, maximumGlobals),
      length: this.#length,
    };
  }

  #follow(name: string, argument: PickleArgument): void {
    if (argument === 'two-lines') this.#name(this.#cursor.line(), this.#cursor.line());
    else if (name === 'STACK_GLOBAL') this.#name(this.#words.at(-2) ?? '?', this.#words.at(-1) ?? '?');
    else if (name === 'MEMOIZE') this.#keep(this.#memoSize);
    else if (/PUT$/.test(name)) this.#keep(this.#number(argument));
    else if (/GET$/.test(name)) this.#push(this.#memo.get(this.#number(argument)));
    else if (/UNICODE|STRING/.test(name)) this.#push(this.#text(argument));
    else this.#skip(argument);
  }

  #name(module: string, name: string): void {
    if (this.#globals.size < maximumGlobals) this.#globals.set(`${module}.${name}`, { module, name });
  }

  #push(word: string | undefined): void {
    if (word === undefined) return;
    this.#words.push(word);
    if (this.#words.length > wordsKept) this.#words.shift();
  }

  #keep(index: number): void {
    this.#memoSize += 1;
    const word = this.#words.at(-1);
    if (word !== undefined && this.#memo.size < maximumWords) this.#memo.set(index, word);
  }

  #number(argument: PickleArgument): number {
    switch (argument) {
      case 'one-byte':
        return this.#cursor.uint8();
      case 'four-bytes':
        return this.#cursor.uint32();
      default:
        return Number(this.#cursor.line());
    }
  }

  #text(argument: PickleArgument): string {
    if (argument === 'line') return this.#cursor.line();
    return this.#cursor.text(this.#count(argument));
  }

  #skip(argument: PickleArgument): void {
    if (argument === 'line') this.#cursor.line();
    else this.#cursor.bytes(this.#count(argument));
  }

  /** How many bytes follow, after the length that says so. */
  #count(argument: PickleArgument): number {
    switch (argument) {
      case 'one-byte':
        return 1;
      case 'two-bytes':
        return 2;
      case 'four-bytes':
        return 4;
      case 'eight-bytes':
        return 8;
      case 'counted-1':
        return this.#cursor.uint8();
      case 'counted-4':
        return this.#cursor.uint32();
      case 'counted-8':
        return this.#cursor.uint64();
      default:
        return 0;
    }
  }
}
