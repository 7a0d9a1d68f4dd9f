import { availableParallelism } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import type { Output } from '@/lib/cli/output';
import { readStateFile } from '@/lib/cli/read-file';
import { withStart } from '@/lib/cli/start-checkpoint';
import { stopOnInterrupt } from '@/lib/cli/stop-on-interrupt';
import { tellProblems } from '@/lib/cli/tell-problems';
import { tellTrainResult } from '@/lib/cli/tell-train-result';
import { createTrainReport } from '@/lib/cli/train-report';
import type { NewRun, ResumedRun, TrainRequest } from '@/lib/cli/train-words';
import { Fault } from '@/lib/core/fault';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import { nameOf } from '@/lib/engines/training/dataset/file-tree';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { decodeTraining, type RunSource, type SavedTraining } from '@/lib/engines/training/loop/saved-training';
import { trainModel } from '@/lib/engines/training/loop/train-model';
import { readArguments, type TrainingArguments } from '@/lib/engines/training/loop/training-arguments';
import {
  isDescription,
  readTrainingData,
  type TrainingData,
  type TrainingTask,
  trainingTasks,
} from '@/lib/engines/training/loop/training-data';
import type { TrainingSurroundings } from '@/lib/engines/training/loop/training-request';
import { runArguments } from '@/lib/engines/training/run-folder/run-arguments';
import { runFiles } from '@/lib/engines/training/run-folder/run-store';
import { diskFileTree, treePathOf } from '@/lib/platform/files/disk-file-tree';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';
import { decodeFromTree } from '@/lib/platform/training/decode-from-tree';
import { openBatchLoader } from '@/lib/platform/training/open-batch-loader';
import { createRunFolder, diskRunStore, removeUntrainedRun } from '@/lib/platform/training/run-store';

export type TrainSurroundings = {
  /** Paths on the command line are relative to this folder. */
  readonly folder: string;
  readonly output: Output;
  readonly errors: Output;
};

/** A run whose data and network are at hand. */
type PreparedRun = {
  readonly checkpoint: Checkpoint;
  readonly args: TrainingArguments;
  readonly data: TrainingData;
  readonly source: RunSource;
  readonly resumed: SavedTraining | null;
  /** Absolute path of the run's folder. */
  readonly runFolder: string;
};

/** The exit status of what a person interrupted, as shells have it: 128 and the number of SIGINT. */
const interrupted = 130;

/**
 * Trains, and resolves to the exit status: 0, 1 when losses ceased to be numbers, 130 when it was interrupted (the state is saved
 * then). Throws a `Fault` where training cannot begin, and then leaves no folder behind.
 */
export async function train(request: TrainRequest, surroundings: TrainSurroundings): Promise<number> {
  if (request.kind === 'resume') return trainPrepared(await resumedRun(request, surroundings), surroundings);
  return withStart(request.model, surroundings.folder, async ({ task, fitted }) => {
    const path = treePathOf(request.data, surroundings.folder);
    const data = await readData(path, taskOf(request, task), surroundings);
    const { args } = request;
    const checkpoint = await fitted(data, { source: nameOf(path), imgsz: args.imgsz, seed: args.seed });
    const project = resolve(surroundings.folder, request.project ?? join('runs', data.task));
    const source = {
      model: request.model.kind === 'fresh' ? request.model.name : request.model.path,
      data: path,
      task: data.task,
      imageCount: data.train.images.length,
    };
    const runFolder = await createRunFolder(project, request.name, request.existOk);
    try {
      return await trainPrepared({ checkpoint, args, data, source, resumed: null, runFolder }, surroundings);
    } catch (error) {
      if (!request.existOk) await removeUntrainedRun(runFolder);
      throw error;
    }
  });
}

function taskOf({ task, data }: NewRun, ofModel: TrainingTask | null): TrainingTask {
  return task ?? ofModel ?? (isDescription(data) ? 'detect' : 'classify');
}

async function resumedRun(
  { state, data: moved, changes }: ResumedRun,
  surroundings: TrainSurroundings,
): Promise<PreparedRun> {
  const path = resolve(surroundings.folder, state);
  const resumed = decodeTraining(await readStateFile(path, state));
  const runFolder = runFolderOf(path, state);
  const { checkpoint } = resumed;
  const source: RunSource =
    moved === null ? resumed.source : { ...resumed.source, data: treePathOf(moved, surroundings.folder) };
  const args = readArguments(new Map([...resumed.argumentTexts, ...changes]));
  const data = await readData(source.data, trainingTaskOf(source.task), surroundings);
  const images = data.train.images.length;
  if (images !== source.imageCount) {
    throw new Fault({
      code: 'input-invalid',
      found: `The run had ${source.imageCount} training images, and ${source.data} has ${images}: its batches would be others.`,
      remedy: `Restore the data, or begin a new run from these weights: sightline train model=${state} data=…`,
    });
  }
  await checkClasses(checkpoint, data);
  if (resumed.progress.epoch >= args.epochs) {
    throw new Fault({
      code: 'input-invalid',
      found: `This run has done all its ${args.epochs} epochs.`,
      remedy: `Begin a new run from its weights: sightline train model=${state} data=…`,
    });
  }
  return { checkpoint, args, data, source, resumed, runFolder };
}

/** A state that was moved out of its run’s folder must not make some other folder one. */
function runFolderOf(path: string, name: string): string {
  const folder = dirname(dirname(path));
  if (path === join(folder, runFiles.state)) return folder;
  throw new Fault({
    code: 'input-invalid',
    found: `A run is resumed in its own folder, and “${name}” lies in none: its place is ${runFiles.state}.`,
    remedy: `Put it back there, or begin a new run from its weights: sightline train model=${name} data=…`,
  });
}

/** With other classes, or the same in another order, the network would unlearn what it knows. */
async function checkClasses(checkpoint: Checkpoint, { names }: TrainingData): Promise<void> {
  const known = Array.from((await readCheckpointFacts(checkpoint)).names.values());
  if (known.length === names.length && known.every((name, k) => name === names[k])) return;
  throw new Fault({
    code: 'input-invalid',
    found: `The run has the classes ${known.slice(0, 10).join(', ')}, and the data has ${names.slice(0, 10).join(', ')}.`,
    remedy: 'Restore the names in data.yaml, or begin a new run from these weights: model=last.ckpt.',
  });
}

function trainingTaskOf(text: string): TrainingTask {
  const task = trainingTasks.find((known) => known === text);
  if (task !== undefined) return task;
  throw new Fault({
    code: 'model-damaged',
    found: `The training state is for a task “${text}”, which does not exist.`,
    remedy: 'Train again.',
  });
}

async function readData(path: string, task: TrainingTask, { errors }: TrainSurroundings): Promise<TrainingData> {
  const data = await readTrainingData(diskFileTree, path, task);
  await tellProblems(data, errors);
  return data;
}

async function trainPrepared(run: PreparedRun, surroundings: TrainSurroundings): Promise<number> {
  const { output, errors } = surroundings;
  const { args, data, runFolder } = run;
  const report = createTrainReport({ output, errors, columns: output.columns, now: () => performance.now() });
  const store = diskRunStore(runFolder);
  if (run.resumed === null) await store.write(runFiles.arguments, runArguments(run.source, args));
  const stop = stopOnInterrupt(() => report.note('Stopping after this step. Ctrl-C again ends at once.'));
  try {
    const result = await trainModel({
      ...run,
      surroundings: nodeSurroundings(args, store),
      tell: report.tell,
      signal: stop.signal,
    });
    await report.settled();
    const shown = relative(surroundings.folder, runFolder) || runFolder;
    await tellTrainResult(result, { output, errors, runFolder, shown, names: data.names });
    return result.reason === 'cancelled' ? interrupted : result.reason === 'diverged' ? 1 : 0;
  } finally {
    await report.settled();
    stop.release();
  }
}

function nodeSurroundings(args: TrainingArguments, store: TrainingSurroundings['store']): TrainingSurroundings {
  const threads = args.threads ?? availableParallelism();
  return {
    threads,
    backend: 'cpu',
    forms: gradientForms.cpu,
    sessions: nodeSessionFactory({ threads }),
    trainingSessions: nodeSessionFactory({ threads, plansMemory: false }),
    openBatches: (request) => openBatchLoader({ ...request, threads: Math.max(1, args.workers ?? 1) }),
    decode: decodeFromTree(diskFileTree),
    store,
    availableBytes: process.availableMemory(),
    drawPicture: async ({ image, result, tile }, kind) => {
      // The canvas library is large: only who draws pays for loading it.
      const { annotateImage } = await import('@/lib/platform/images/annotate-image');
      return annotateImage(image, result, { withoutScores: kind === 'labels', sizedFor: tile });
    },
  };
}
