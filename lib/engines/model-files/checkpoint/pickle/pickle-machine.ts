import type { CheckpointTensor, CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { damagedCheckpoint, oversizedCheckpoint } from '@/lib/engines/model-files/checkpoint/checkpoint-faults';
import { AllowedGlobal, roleOfGlobal } from '@/lib/engines/model-files/checkpoint/pickle/allowed-globals';
import { PickleCursor } from '@/lib/engines/model-files/checkpoint/pickle/pickle-cursor';
import type { TorchStorage } from '@/lib/engines/model-files/checkpoint/pickle/pickled-values';
import { refusedGlobal, refusedUse } from '@/lib/engines/model-files/checkpoint/pickle/refused-globals';

/** Makes tensors of storages without reading these. The numbers are as the pickle claims them. */
export type TensorMaker = (
  storage: TorchStorage,
  view: { readonly shape: readonly number[]; readonly stride: readonly number[]; readonly offset: number },
) => CheckpointTensor;

/** A YOLO of the largest scale with its optimizer takes some 400 000 instructions. */
const maximumSteps = 3_000_000;
/** Entries and characters that are copied, not moved: states of objects, and bytes written as text. Some 30 000 in large files. */
const maximumCopies = 1_000_000;
/** An empty dictionary takes some 200 bytes: this many stay under 100 MB. The largest files have some 50 000 containers. */
const maximumContainers = 400_000;
const maximumMemo = 500_000;
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
  #stepsLeft = maximumSteps;
  #copiesLeft = maximumCopies;
  #containersLeft = maximumContainers;

  constructor(bytes: Uint8Array, makeTensor: TensorMaker) {
    this.cursor = new PickleCursor(bytes);
    this.makeTensor = makeTensor;
  }

  /** Accounts for an instruction. */
  step(): void {
    this.#stepsLeft -= 1;
    if (this.#stepsLeft < 0) throw oversizedCheckpoint(`its pickle takes more than ${maximumSteps} steps`);
  }

  /** Accounts for entries or characters that stand in two places from now on: copies of copies must not grow without end. */
  copied(count: number): void {
    this.#copiesLeft -= count;
    if (this.#copiesLeft < 0) throw oversizedCheckpoint(`its pickle copies more than ${maximumCopies} values`);
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
    return this.#stack.splice(mark);
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

  /** For what only an attack does. `what` follows “The file’s pickle ”. */
  misused(what: string) {
    return refusedUse(what, this.cursor.position);
  }

  #lastMark(): number {
    return this.#marks.at(-1) ?? 0;
  }
}
