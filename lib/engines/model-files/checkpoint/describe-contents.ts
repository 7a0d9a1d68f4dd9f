import type { Task } from '@/lib/core/task';
import { namedTensors } from '@/lib/engines/model-files/checkpoint/check-weights';
import type { Checkpoint, ModuleNode, TorchDtype } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import {
  entryOf,
  isModule,
  isSequence,
  numberOf,
  textOf,
} from '@/lib/engines/model-files/checkpoint/checkpoint-values';
import { type JsonRecord, jsonRecordOf, shortened } from '@/lib/engines/model-files/checkpoint/json-of-value';

/** One line of the network: what `f` lists, −1 being the layer before. */
type LayerSummary = {
  readonly index: number;
  readonly from: readonly number[];
  /** Without its module path. */
  readonly className: string;
  readonly parameterCount: number;
};

/** What a checkpoint holds, as plain data for people and programs. What the file does not say is null or empty. */
export type CheckpointContents = {
  readonly which: Checkpoint['which'];
  readonly task: Task | null;
  /** Class names by index. */
  readonly names: Readonly<Record<string, string>>;
  readonly classCount: number | null;
  readonly imageSize: { readonly height: number; readonly width: number };
  readonly stride: number;
  readonly architecture: {
    /** Of the whole network, with its module path. */
    readonly className: string;
    readonly yamlFile: string | null;
    readonly scale: string | null;
  };
  readonly layers: readonly LayerSummary[];
  readonly parameterCount: number;
  /** How the weights and statistics are stored: elements of each type. */
  readonly dtypes: Readonly<Partial<Record<TorchDtype, number>>>;
  readonly keypointShape: readonly [count: number, dims: number] | null;
  /** −1 when training ended and its state was dropped. */
  readonly epoch: number | null;
  readonly bestFitness: number | null;
  readonly date: string | null;
  readonly version: string | null;
  readonly license: string | null;
  readonly trainingArguments: JsonRecord;
  readonly metrics: JsonRecord;
  /** Columns of results.csv, one value for each epoch. */
  readonly results: JsonRecord;
  /** Where the training's code came from: branch, commit … */
  readonly git: JsonRecord;
};

/** Class names are words. */
const longestName = 200;

/** Describes an opened checkpoint. Of its weights nothing is read but the few numbers of its stride. */
export async function describeContents(checkpoint: Checkpoint): Promise<CheckpointContents> {
  const { model, entries, which } = checkpoint;
  const facts = await readCheckpointFacts(checkpoint);
  const trainingArguments = jsonRecordOf(entries.get('train_args') ?? entryOf(model, 'args'));
  return {
    which,
    task: facts.task,
    names: Object.fromEntries([...facts.names].map(([index, name]) => [index, shortened(name, longestName)])),
    classCount: facts.classCount,
    imageSize: facts.imageSize,
    stride: facts.stride,
    architecture: { className: model.className, yamlFile: shortOr(facts.yamlFile), scale: shortOr(facts.scale) },
    layers: layersOf(model),
    parameterCount: parametersOf(model),
    dtypes: dtypesOf(model),
    keypointShape: facts.keypoints === null ? null : [facts.keypoints.count, facts.keypoints.dims],
    epoch: numberOf(entries.get('epoch')),
    bestFitness: numberOf(entries.get('best_fitness')),
    date: shortOr(facts.date),
    version: shortOr(facts.version),
    license: shortOr(facts.license),
    trainingArguments,
    metrics: jsonRecordOf(entries.get('train_metrics')),
    results: jsonRecordOf(entries.get('train_results')),
    git: jsonRecordOf(entries.get('git')),
  };
}

function layersOf(model: ModuleNode): LayerSummary[] {
  const layers = model.children.get('model');
  if (!isModule(layers)) return [];
  return [...layers.children].flatMap(([name, layer]) => {
    if (layer === null) return [];
    const from = layer.attributes.get('f');
    const sources = (isSequence(from) ? from : [from]).map(numberOf).filter((source) => source !== null);
    const className = textOf(layer.className.split('.').at(-1)) ?? layer.className;
    const index = numberOf(layer.attributes.get('i')) ?? Number(name);
    return [{ index, from: sources.length > 0 ? sources : [-1], className, parameterCount: parametersOf(layer) }];
  });
}

/** What training changes: buffers, as the statistics of normalisation, are not counted. */
function parametersOf(module: ModuleNode): number {
  let count = 0;
  for (const tensor of module.parameters.values()) if (tensor !== null) count += elementsOf(tensor.shape);
  for (const child of module.children.values()) if (child !== null) count += parametersOf(child);
  return count;
}

function dtypesOf(model: ModuleNode): Partial<Record<TorchDtype, number>> {
  const counts: Partial<Record<TorchDtype, number>> = {};
  for (const [, { dtype, shape }] of namedTensors(model)) counts[dtype] = (counts[dtype] ?? 0) + elementsOf(shape);
  return counts;
}

function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function shortOr(text: string | null): string | null {
  return text === null ? null : shortened(text, longestName);
}
