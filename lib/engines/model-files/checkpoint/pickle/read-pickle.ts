import type { CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { refuseEndless } from '@/lib/engines/model-files/checkpoint/pickle/endless-values';
import { instructions } from '@/lib/engines/model-files/checkpoint/pickle/instructions';
import { PickleMachine, type TensorMaker } from '@/lib/engines/model-files/checkpoint/pickle/pickle-machine';
import { opcodeName } from '@/lib/engines/model-files/checkpoint/pickle/pickle-opcodes';
import { refusedInstruction } from '@/lib/engines/model-files/checkpoint/pickle/refused-globals';

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
    if (instruction === undefined) throw refusedInstruction(opcodeName(code), machine.cursor.position - 1);
    instruction(machine);
  }
  const value = machine.pop();
  refuseEndless(value);
  return { value, globals: [...machine.globals.keys()] };
}
