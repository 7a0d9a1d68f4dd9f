import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { countOf, fieldsOf, readProgress, textOf } from '@/lib/engines/training/loop/read-progress';
import { argumentNames, argumentText, type TrainingArguments } from '@/lib/engines/training/loop/training-arguments';
import type { TrainingProgress } from '@/lib/engines/training/loop/training-progress';
import { checkpointFromRecord } from '@/lib/engines/training/network/record/checkpoint-from-record';
import { checkpointToRecord } from '@/lib/engines/training/network/record/checkpoint-to-record';
import { damaged, decodeStateFile, encodeStateFile } from '@/lib/engines/training/run-folder/state-file';
import type { OptimizerKind, StateVector, TrainingState } from '@/lib/engines/training/step/training-state';

/** What a run was started with, besides its arguments. */
export type RunSource = {
  /** As they were typed. */
  readonly model: string;
  /** The data set’s path in its tree. */
  readonly data: string;
  readonly task: string;
  /** Training images: with others, the batches of a resumed run would be others. */
  readonly imageCount: number;
};

/** A training state as `last.ckpt` holds it. */
export type SavedTraining = {
  /** The network with the averaged weights. */
  readonly checkpoint: Checkpoint;
  readonly source: RunSource;
  /** Texts of all arguments, by name. */
  readonly argumentTexts: ReadonlyMap<string, string>;
  readonly optimizer: OptimizerKind;
  /** Vectors of the step’s state but for the averages, which are the checkpoint’s weights. */
  readonly vectors: ReadonlyMap<StateVector, Float32Array>;
  readonly updates: number;
  readonly progress: TrainingProgress;
};

type Saving = {
  readonly averaged: Checkpoint;
  readonly source: RunSource;
  readonly args: TrainingArguments;
  readonly optimizer: OptimizerKind;
  readonly state: TrainingState;
  readonly progress: TrainingProgress;
};

/** Vectors of the state that the file has under their own names. */
const savedVectors: readonly StateVector[] = ['parameters', 'statistics', 'gradient', 'moment', 'square'];

const networkArray = 'network';

/** The bytes of a `last.ckpt`. */
export async function encodeTraining(saving: Saving): Promise<Uint8Array> {
  const { averaged, source, args, optimizer, state, progress } = saving;
  const { record, numbers } = await checkpointToRecord(averaged);
  const arrays = new Map<string, Float32Array>([[networkArray, numbers]]);
  for (const name of savedVectors) {
    const vector = state.vectors.get(name);
    if (vector !== undefined) arrays.set(name, vector);
  }
  const argumentTexts = Object.fromEntries(argumentNames.map((name) => [name, argumentText(args[name])]));
  const header = { source, arguments: argumentTexts, optimizer, updates: state.updates, progress, network: record };
  return encodeStateFile({ header, arrays });
}

/** Throws a `Fault`: those of `decodeStateFile`, and `model-damaged` for a content that no training has. */
export function decodeTraining(bytes: Uint8Array): SavedTraining {
  const { header, arrays } = decodeStateFile(bytes);
  const { source, arguments: texts, optimizer, updates, progress, network } = fieldsOf(header);
  const numbers = arrays.get(networkArray);
  if (numbers === undefined) throw damaged('it has no network');
  if (optimizer !== 'sgd' && optimizer !== 'adamw') throw damaged('its optimizer is none that is known');
  const { model, data, task, imageCount } = fieldsOf(source);
  const vectors = new Map<StateVector, Float32Array>();
  for (const name of savedVectors) {
    const vector = arrays.get(name);
    if (vector !== undefined) vectors.set(name, vector);
  }
  return {
    checkpoint: checkpointFromRecord(network, numbers),
    source: { model: textOf(model), data: textOf(data), task: textOf(task), imageCount: countOf(imageCount) },
    argumentTexts: new Map(Object.entries(fieldsOf(texts)).map(([name, text]) => [name, textOf(text)])),
    optimizer,
    vectors,
    updates: countOf(updates),
    progress: readProgress(progress),
  };
}
