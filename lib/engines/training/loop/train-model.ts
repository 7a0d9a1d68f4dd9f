import { Fault } from '@/lib/core/fault';
import { inputStride } from '@/lib/engines/architecture/resolve-settings';
import { readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import type { BatchLoader } from '@/lib/engines/training/batch/batch-loader';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import { createValidationImages, type ValidationImages } from '@/lib/engines/training/batch/validation-batches';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { createModelTrainee, type ModelTrainee } from '@/lib/engines/training/loop/model-trainee';
import { runFacts } from '@/lib/engines/training/loop/run-facts';
import { createRunKeeper } from '@/lib/engines/training/loop/run-keeper';
import { createRunPictures, type RunPictures } from '@/lib/engines/training/loop/run-pictures';
import { encodeTraining } from '@/lib/engines/training/loop/saved-training';
import { type Finish, trainEpochs } from '@/lib/engines/training/loop/train-epochs';
import type { TrainingArguments } from '@/lib/engines/training/loop/training-arguments';
import { type TrainingPlan, trainingPlan } from '@/lib/engines/training/loop/training-plan';
import { noProgress } from '@/lib/engines/training/loop/training-progress';
import type { TrainingRequest } from '@/lib/engines/training/loop/training-request';
import { runFiles } from '@/lib/engines/training/run-folder/run-store';
import { damaged } from '@/lib/engines/training/run-folder/state-file';
import type { ModelScores } from '@/lib/engines/training/validation/model-scores';
import { validateOnnx } from '@/lib/engines/training/validation/validate-onnx';

export type TrainingResult = Finish & {
  /** How the file of the best weights does on the validation images; null where there is none. */
  readonly scores: ModelScores | null;
};

/** Images of one run of the validation: more of them gain nothing on a CPU. */
const largestValidationBatch = 8;

/** Share of the memory for decoded images that those of the validation have. */
const validationShare = 0.25;

/**
 * Trains a network to the end, or until it is cancelled, stalls or diverges, and measures the best weights once more. Rejects with
 * the `Fault`s of building, loading and reading; what cannot be saved is told and does not end the run.
 */
export async function trainModel(request: TrainingRequest): Promise<TrainingResult> {
  const { args, data, tell, surroundings } = request;
  const imgsz = await trainedSize(request);
  const counts = { imgsz, imageCount: data.train.images.length, classCount: data.names.length };
  const plan = trainingPlan(args, counts);
  checkProgress(request, plan);
  const { store, drawPicture: draw = null } = surroundings;
  const pictures = createRunPictures({ store, tell, data, imgsz, plots: args.plots, draw });
  const finish = await finishOf(request, plan, imgsz, pictures);
  const scores = await scoresOfBest(request, finish, imgsz, pictures);
  tell({
    kind: 'finished',
    reason: finish.reason,
    bestEpoch: finish.progress.best?.epoch ?? null,
    seconds: finish.progress.seconds,
    fault: finish.fault?.toPlain() ?? null,
  });
  return { ...finish, scores };
}

/** Opens what steps and batches are made with, trains, and closes it again whatever happens. */
async function finishOf(
  request: TrainingRequest,
  plan: TrainingPlan,
  imgsz: number,
  pictures: RunPictures,
): Promise<Finish> {
  const { args, data, tell, signal, surroundings, resumed } = request;
  const trainee = await openTrainee(request, plan, imgsz);
  try {
    if (resumed !== null) trainee.load(resumed);
    const loader = surroundings.openBatches({
      set: data.train,
      plan: plan.batches,
      cacheBytes: cacheBytes(args) * (1 - validationShare),
      onProblem: (problem) => tellProblem(tell, problem),
      signal,
    });
    try {
      return await runEpochs(request, plan, trainee, loader, imgsz, pictures);
    } finally {
      await loader.close();
    }
  } finally {
    await trainee.dispose();
  }
}

/** Throws a `Fault` (`model-damaged`) for a state that claims to be where this run cannot have come. */
function checkProgress({ resumed }: TrainingRequest, { iterationsPerEpoch }: TrainingPlan): void {
  const iteration = resumed?.progress.iteration ?? 0;
  if (iteration > iterationsPerEpoch) throw damaged(`it is ${iteration} steps into an epoch of ${iterationsPerEpoch}`);
}

async function trainedSize({ checkpoint, args: { imgsz }, tell }: TrainingRequest): Promise<number> {
  const stride = inputStride(await readCheckpointFacts(checkpoint));
  const side = Math.ceil(imgsz / stride) * stride;
  if (side !== imgsz) {
    const text = `imgsz=${imgsz} is no multiple of the network’s stride, ${stride}: images are ${side} × ${side} pixels.`;
    tell({ kind: 'notice', text });
  }
  return side;
}

async function openTrainee(request: TrainingRequest, { choice }: TrainingPlan, imgsz: number): Promise<ModelTrainee> {
  const { checkpoint, args, data, surroundings } = request;
  const validationBatch = Math.min(args.batch, data.val.set.images.length, largestValidationBatch);
  return createModelTrainee({
    checkpoint,
    args,
    imgsz,
    optimizer: choice.optimizer,
    forms: surroundings.forms,
    keypoints: data.skeleton?.keypoints ?? null,
    validation: data.val,
    validationBatch,
    validationImages: validationImagesOf(request, imgsz, validationBatch),
    sessions: surroundings.trainingSessions,
    validationSessions: surroundings.sessions,
    availableBytes: surroundings.availableBytes ?? null,
  });
}

function validationImagesOf(
  { args, data: { val }, surroundings, tell }: TrainingRequest,
  imgsz: number,
  batch: number,
): ValidationImages {
  return createValidationImages({
    task: val.set.task,
    paths: val.set.images.map(({ path }) => path),
    imgsz,
    batch,
    decode: surroundings.decode,
    cacheBytes: cacheBytes(args) * validationShare,
    onProblem: (problem) => tellProblem(tell, problem),
  });
}

async function runEpochs(
  request: TrainingRequest,
  plan: TrainingPlan,
  trainee: ModelTrainee,
  loader: BatchLoader,
  imgsz: number,
  pictures: RunPictures,
): Promise<Finish> {
  const { args, tell, signal, surroundings, source, resumed } = request;
  const progress = resumed?.progress ?? noProgress;
  tell({ kind: 'started', facts: runFacts(request, plan, trainee, progress) });
  if (resumed === null) await pictures.labels();
  const keeper = createRunKeeper({
    store: surroundings.store,
    tell,
    averaged: trainee.averaged,
    stateFile: (reached) =>
      encodeTraining({
        averaged: trainee.averaged(),
        source,
        args,
        optimizer: plan.choice.optimizer,
        state: trainee.state,
        progress: reached,
      }),
    imgsz,
    half: args.half,
    plots: args.plots,
  });
  return trainEpochs(
    {
      trainee,
      schedule: plan.schedule,
      epochs: args.epochs,
      iterationsPerEpoch: plan.iterationsPerEpoch,
      batch: args.batch,
      patience: args.patience,
      validates: args.val,
      savePeriod: args.save_period,
      batches: (epoch, iteration) => recycled(loader, epoch, iteration, pictures),
      keeper,
      tell,
      signal,
      now: () => performance.now(),
    },
    progress,
  );
}

/** The memory of a batch is given back as soon as the next one is asked for. The first ones of a run are drawn. */
async function* recycled(
  loader: BatchLoader,
  epoch: number,
  iteration: number,
  pictures: RunPictures,
): AsyncGenerator<TrainingBatch> {
  let number = iteration;
  for await (const batch of loader.batches(epoch, iteration)) {
    if (epoch === 0) await pictures.batch(batch, number++);
    yield batch;
    loader.recycle(batch);
  }
}

/** Measures the file of the best weights as it was written: it is what people will use. */
async function scoresOfBest(
  request: TrainingRequest,
  { reason }: Finish,
  imgsz: number,
  pictures: RunPictures,
): Promise<ModelScores | null> {
  const { surroundings, data, signal, tell } = request;
  if (reason === 'cancelled' || reason === 'diverged') return null;
  const bytes = await surroundings.store.read(runFiles.best);
  if (bytes === null) return null;
  const images = validationImagesOf(request, imgsz, 1);
  const run = { ...data.val, images, batch: 1, imgsz, signal, onImage: pictures.compared };
  try {
    const scores = await validateOnnx(bytes, surroundings.sessions, run);
    await pictures.scores(scores);
    return scores;
  } catch (error) {
    // The run is done and its files are written: it does not fail by what only tells about it.
    if (signal.aborted) return null;
    if (!(error instanceof Fault)) throw error;
    tell({ kind: 'notice', text: `The best weights could not be measured once more. ${error.message}` });
    return null;
  }
}

function tellProblem(tell: TrainingRequest['tell'], { file, line, found }: DatasetProblem): void {
  tell({ kind: 'notice', text: `${file}${line === null ? '' : `:${line}`}: ${found}` });
}

function cacheBytes({ cache }: TrainingArguments): number {
  return cache * 2 ** 20;
}
