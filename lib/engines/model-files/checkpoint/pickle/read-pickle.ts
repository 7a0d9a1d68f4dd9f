import type { Fault } from '@/lib/core/fault';
import type { CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { roleOfGlobal } from '@/lib/engines/model-files/checkpoint/pickle/allowed-globals';
import { refuseEndless } from '@/lib/engines/model-files/checkpoint/pickle/endless-values';
import { instructions } from '@/lib/engines/model-files/checkpoint/pickle/instructions';
import { PickleMachine, type TensorMaker } from '@/lib/engines/model-files/checkpoint/pickle/pickle-machine';
import { opcodeName } from '@/lib/engines/model-files/checkpoint/pickle/pickle-opcodes';
import { refusedGlobal, refusedInstruction } from '@/lib/engines/model-files/checkpoint/pickle/refused-globals';

const stop = 0x2e;

/** What a pickle holds, as inert data without cycles, and the names of all globals in the order of first use. */
export type PickleReading = { readonly value: CheckpointValue; readonly globals: readonly string[] };

/**
 * Reads a pickle without executing any of it: the instructions of checkpoints fill plain data, every other instruction and every
 * global outside the list ends the reading with a `Fault` that names it. Time and memory are bounded by the length of the
 * bytes and by fixed limits, never by a number that stands in them.
 */
export function readPickle(bytes: Uint8Array, makeTensor: TensorMaker): PickleReading {
  const machine = new PickleMachine(bytes, makeTensor);
  for (;;) {
    const code = machine.cursor.uint8();
    machine.step();
    if (code === stop) break;
    const instruction = instructions.get(code);
    if (instruction === undefined) throw foreignInstruction(code, machine);
    instruction(machine);
  }
  const value = machine.pop();
  refuseEndless(value);
  return { value, globals: [...machine.globals.keys()] };
}

/** INST, the instruction that calls in protocol 0, says itself what it would call: that is the better name for the refusal. */
function foreignInstruction(code: number, { cursor }: PickleMachine): Fault {
  const position = cursor.position - 1;
  const instruction = opcodeName(code);
  if (instruction !== 'INST') return refusedInstruction(instruction, position);
  const [module, name] = [cursor.line(), cursor.line()];
  return roleOfGlobal(module, name) === null ? refusedGlobal(module, name) : refusedInstruction(instruction, position);
}
