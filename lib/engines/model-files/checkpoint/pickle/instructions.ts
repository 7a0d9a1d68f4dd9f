import type { CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { storageOf } from '@/lib/engines/model-files/checkpoint/pickle/persistent-id';
import type { PickleMachine } from '@/lib/engines/model-files/checkpoint/pickle/pickle-machine';
import { pickleOpcodes } from '@/lib/engines/model-files/checkpoint/pickle/pickle-opcodes';
import { buildObject, newObject } from '@/lib/engines/model-files/checkpoint/pickle/pickled-objects';
import { isDictionary, isGrowing } from '@/lib/engines/model-files/checkpoint/pickle/pickled-values';
import { reduceFunction } from '@/lib/engines/model-files/checkpoint/pickle/reduce-functions';

type Instruction = (machine: PickleMachine) => void;

const newestProtocol = 5;
const emptyTuple: readonly CheckpointValue[] = Object.freeze([]);

/** The instructions that checkpoints are made of. Every one pushes, pops or fills inert data; all others are refused. */
const byName: Readonly<Record<string, Instruction>> = {
  PROTO(machine) {
    const version = machine.cursor.uint8();
    if (version > newestProtocol) throw machine.malformed(`is of protocol ${version}, which does not exist yet`);
  },
  FRAME(machine) {
    if (machine.cursor.uint64() > machine.cursor.bytesLeft) throw machine.malformed('has a frame behind its end');
  },
  MARK: (machine) => machine.mark(),
  POP: (machine) => machine.popAny(),
  POP_MARK: (machine) => void machine.popToMark(),
  DUP: (machine) => machine.push(machine.top()),

  NONE: (machine) => machine.push(null),
  NEWTRUE: (machine) => machine.push(true),
  NEWFALSE: (machine) => machine.push(false),
  BININT: (machine) => machine.push(machine.cursor.int32()),
  BININT1: (machine) => machine.push(machine.cursor.uint8()),
  BININT2: (machine) => machine.push(machine.cursor.uint16()),
  LONG1: (machine) => machine.push(twosComplement(machine.cursor.bytes(machine.cursor.uint8()))),
  BINFLOAT: (machine) => machine.push(machine.cursor.float64()),
  BINUNICODE: (machine) => machine.push(machine.cursor.text(machine.cursor.uint32())),
  SHORT_BINUNICODE: (machine) => machine.push(machine.cursor.text(machine.cursor.uint8())),

  EMPTY_DICT: (machine) => machine.push(machine.made(new Map())),
  EMPTY_LIST: (machine) => machine.push(machine.made([])),
  EMPTY_SET: (machine) => machine.push(machine.made([])),
  EMPTY_TUPLE: (machine) => machine.push(emptyTuple),
  TUPLE: (machine) => pushTuple(machine, machine.popToMark()),
  TUPLE1: (machine) => pushTuple(machine, popLast(machine, 1)),
  TUPLE2: (machine) => pushTuple(machine, popLast(machine, 2)),
  TUPLE3: (machine) => pushTuple(machine, popLast(machine, 3)),
  APPEND: (machine) => append(machine, popLast(machine, 1)),
  APPENDS: (machine) => append(machine, machine.popToMark()),
  ADDITEMS: (machine) => append(machine, machine.popToMark()),
  SETITEM: (machine) => setItems(machine, popLast(machine, 2)),
  SETITEMS: (machine) => setItems(machine, machine.popToMark()),

  BINPUT: (machine) => machine.memoise(machine.cursor.uint8()),
  LONG_BINPUT: (machine) => machine.memoise(machine.cursor.uint32()),
  MEMOIZE: (machine) => machine.memoiseNext(),
  BINGET: (machine) => machine.push(machine.recall(machine.cursor.uint8())),
  LONG_BINGET: (machine) => machine.push(machine.recall(machine.cursor.uint32())),

  GLOBAL: (machine) => machine.push(machine.global(machine.cursor.line(), machine.cursor.line())),
  STACK_GLOBAL(machine) {
    const [module, name] = popLast(machine, 2);
    if (typeof module !== 'string' || typeof name !== 'string') throw machine.malformed('names a class without words');
    machine.push(machine.global(module, name));
  },
  BINPERSID: (machine) => machine.push(storageOf(machine.pop(), machine)),
  NEWOBJ(machine) {
    const [type, values] = popLast(machine, 2);
    machine.push(newObject(type, values, machine));
  },
  REDUCE(machine) {
    const [callable, values] = popLast(machine, 2);
    machine.push(reduceFunction(callable, values, machine));
  },
  BUILD(machine) {
    const state = machine.pop();
    buildObject(machine.top(), state, machine);
  },
};

/** What to do for an instruction's byte; absent for those that no checkpoint needs. STOP is the reader's own. */
export const instructions: ReadonlyMap<number, Instruction> = new Map(
  [...pickleOpcodes].flatMap(([code, { name }]): [number, Instruction][] => {
    const instruction = Object.hasOwn(byName, name) ? byName[name] : undefined;
    return instruction === undefined ? [] : [[code, instruction]];
  }),
);

/** The last values in the order they were pushed. */
function popLast(machine: PickleMachine, count: number): CheckpointValue[] {
  return Array.from({ length: count }, () => machine.pop()).reverse();
}

function pushTuple(machine: PickleMachine, values: CheckpointValue[]): void {
  machine.push(machine.made(Object.freeze(values)));
}

function append(machine: PickleMachine, items: readonly CheckpointValue[]): void {
  const list = machine.top();
  if (!isGrowing(list)) throw machine.malformed('appends to what is no list');
  for (const item of items) list.push(item);
}

function setItems(machine: PickleMachine, items: readonly CheckpointValue[]): void {
  const dictionary = machine.top();
  if (!isDictionary(dictionary)) throw machine.malformed('sets a key of what is no dictionary');
  if (items.length % 2 !== 0) throw machine.malformed('sets a key without a value');
  for (let index = 0; index < items.length; index += 2) dictionary.set(items[index], items[index + 1]);
}

/** A little-endian integer of at most 255 bytes, as a number where that is exact. */
function twosComplement(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  const signed = BigInt.asIntN(8 * bytes.length, value);
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
}
