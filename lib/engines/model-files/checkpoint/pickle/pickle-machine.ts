import type { CheckpointTensor, CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { damagedCheckpoint, oversizedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { AllowedGlobal, roleOfGlobal } from '@/lib/engines/model-files/checkpoint/pickle/allowed-globals';
import { PickleCursor } from '@/lib/engines/model-files/checkpoint/pickle/pickle-cursor';
import type { TorchStorage } from '@/lib/engines/model-files/checkpoint/pickle/pickled-values';
import { refusedGlobal } from '@/lib/engines/model-files/checkpoint/pickle/refused-globals';

/** Makes tensors of storages without reading these. The numbers are as the pickle claims them. */
export type TensorMaker = (
  storage: TorchStorage,
  view: { readonly shape: readonly number[]; readonly stride: readonly number[]; readonly offset: number },
) => CheckpointTensor;

/** A YOLO of the largest scale with its optimizer takes some 400 000 instructions. */
const maximumWork = 6_000_000;
/** An empty dictionary takes some 200 bytes: this many stay under 100 MB. The largest files have some 50 000 containers. */
const maximumContainers = 400_000;
const maximumMemo = 1_000_000;
const maximumStack = 200_000;
/** Containers being filled inside each other: genuine files come to some 40. */
const maximumMarks = 1000;
const maximumGlobals = 10_000;

/**
 * The state of one reading: stack, marks, memo, and how much was done so far. Nothing in it is ever called; the limits hold
 * whatever the pickle claims.
 */
export class PickleMachine {
  readonly cursor: PickleCursor;
  readonly makeTensor: TensorMaker;
  /** Names of all globals in the order of first use. */
  readonly globals = new Map<string, AllowedGlobal>();
  readonly #stack: CheckpointValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, CheckpointValue>();
  #workLeft = maximumWork;
  #containersLeft = maximumContainers;

  constructor(bytes: Uint8Array, makeTensor: TensorMaker) {
    this.cursor = new PickleCursor(bytes);
    this.makeTensor = makeTensor;
  }

  /** Accounts for an instruction, an element copied or a character made; copies of copies must not grow without end. */
  spend(amount: number): void {
    this.#workLeft -= amount;
    if (this.#workLeft < 0) throw oversizedCheckpoint(`its pickle takes more than ${maximumWork} steps`);
  }

  /** A container or object, accounted for. */
  made<T extends CheckpointValue>(container: T): T {
    this.#containersLeft -= 1;
    if (this.#containersLeft < 0) throw oversizedCheckpoint(`its pickle makes more than ${maximumContainers} objects`);
    return container;
  }

  push(value: CheckpointValue): void {
    if (this.#stack.length >= maximumStack) {
      throw oversizedCheckpoint(`its pickle holds more than ${maximumStack} values at once`);
    }
    this.#stack.push(value);
  }

  pop(): CheckpointValue {
    const value = this.top();
    this.#stack.pop();
    return value;
  }

  top(): CheckpointValue {
    const value = this.#stack.at(-1);
    if (value === undefined || this.#stack.length <= this.#lastMark()) throw this.malformed('takes what is not there');
    return value;
  }

  /** Drops the last mark where nothing stands above it, else the last value. */
  popAny(): void {
    if (this.#marks.at(-1) === this.#stack.length) this.#marks.pop();
    else this.pop();
  }

  mark(): void {
    if (this.#marks.length >= maximumMarks) {
      throw oversizedCheckpoint(`its pickle nests deeper than ${maximumMarks} levels`);
    }
    this.#marks.push(this.#stack.length);
  }

  /** Everything above the last mark, which goes too. */
  popToMark(): CheckpointValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw this.malformed('closes what it did not open');
    const values = this.#stack.splice(mark);
    this.spend(values.length);
    return values;
  }

  /** Keeps the top value under a number. Numbers are only keys: a large one costs no more than a small one. */
  memoise(index: number): void {
    this.#memo.set(index, this.top());
    if (this.#memo.size > maximumMemo)
      throw oversizedCheckpoint(`its pickle remembers more than ${maximumMemo} values`);
  }

  memoiseNext(): void {
    this.memoise(this.#memo.size);
  }

  recall(index: number): CheckpointValue {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.malformed(`recalls value ${index}, which it never kept`);
    return value;
  }

  /** The label for a global on the list; a `Fault` that names it for any other. */
  global(module: string, name: string): AllowedGlobal {
    const full = `${module}.${name}`;
    const known = this.globals.get(full);
    if (known !== undefined) return known;
    const role = roleOfGlobal(module, name);
    if (role === null) throw refusedGlobal(module, name);
    if (this.globals.size >= maximumGlobals) {
      throw oversizedCheckpoint(`its pickle names more than ${maximumGlobals} classes`);
    }
    const allowed = new AllowedGlobal(full, role);
    this.globals.set(full, allowed);
    return allowed;
  }

  /** `what` follows “its pickle ”. */
  malformed(what: string) {
    return damagedCheckpoint(`its pickle ${what} (byte ${this.cursor.position})`);
  }

  #lastMark(): number {
    return this.#marks.at(-1) ?? 0;
  }
}
