import { jobArguments, jobSteps } from '@/lib/browser/training/job-arguments';
import { withQuickStatistics } from '@/lib/browser/training/quick-statistics';
import type { TrainerEvent } from '@/lib/browser/training/trainer-messages';
import type { RunOutcome, TrainingJob } from '@/lib/browser/training/training-job';
import { blobSource } from '@/lib/engines/model-files/byte-source';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { createBatchLoader } from '@/lib/engines/training/batch/batch-loader';
import { batchesPerEpoch } from '@/lib/engines/training/batch/batch-plan';
import { createLocalBatchMaker } from '@/lib/engines/training/batch/local-batch-maker';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import { trainModel } from '@/lib/engines/training/loop/train-model';
import type { TrainingData } from '@/lib/engines/training/loop/training-data';
import type { TrainingEvent } from '@/lib/engines/training/loop/training-event';
import type { TrainingSurroundings } from '@/lib/engines/training/loop/training-request';
import { fitToData } from '@/lib/engines/training/network/fit-to-data';
import { createSightlineCheckpoint } from '@/lib/engines/training/network/sightline/create-sightline-checkpoint';
import { type RunStore, runFiles } from '@/lib/engines/training/run-folder/run-store';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import type { SessionFactory, VisionSession } from '@/lib/engines/vision/session';

/** What a run needs from the browser, handed in so that it can be tested without one. */
export type JobPorts = {
  readonly sessions: SessionFactory;
  readonly forms: GradientForms;
  readonly decode: (image: Blob) => Promise<PixelImage>;
  readonly tell: (event: TrainerEvent) => void;
  /** Lets the events of this thread be heard, so that a run can be stopped. */
  readonly breathe: () => Promise<void>;
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
};

/** Weights are shown at most this often while it goes on: each time they are written, opened and run. */
const showEveryMs = 10_000;

/** What the data is called in the description of the model. */
const dataSource = 'own pictures';

/** Trains what is labelled. Rejects with the `Fault`s of opening the model, building the graphs and running them. */
export async function runJob(job: TrainingJob, ports: JobPorts, signal: AbortSignal): Promise<RunOutcome> {
  const { tell } = ports;
  tell({ kind: 'preparing', words: 'Reading the model' });
  const checkpoint = await fitToData(await openModel(job), {
    ...dataFacts(job),
    source: dataSource,
    imgsz: job.settings.imgsz,
    seed: job.settings.seed,
  });
  tell({ kind: 'preparing', words: 'Building the training graph' });
  const shelf = createWeightShelf(ports);
  let ended: Extract<TrainingEvent, { kind: 'finished' }> | null = null;
  await trainModel({
    checkpoint,
    args: jobArguments(job.settings, job.train.length),
    data: dataOf(job),
    resumed: null,
    // For files that a page does not keep.
    source: { model: job.model.kind, data: dataSource, task: job.task, imageCount: job.train.length },
    surroundings: surroundingsOf(job, ports, shelf.store),
    tell(event) {
      if (event.kind === 'finished') ended = event;
      else if (event.kind !== 'saved') tell(event);
      if (event.kind === 'epoch') shelf.atEpoch(event.row.epoch, event.isBest);
    },
    signal,
  });
  shelf.finish();
  return outcomeOf(ended, shelf.epoch());
}

function outcomeOf(ended: Extract<TrainingEvent, { kind: 'finished' }> | null, epoch: number): RunOutcome {
  return {
    reason: ended?.reason ?? 'cancelled',
    epoch,
    seconds: ended?.seconds ?? 0,
    fault: ended?.fault ?? null,
  };
}

async function openModel(job: TrainingJob): Promise<Checkpoint> {
  if (job.model.kind === 'file') return openCheckpoint(blobSource(job.model.file));
  const fresh = createSightlineCheckpoint({
    ...dataFacts(job),
    size: job.model.scale,
    seed: job.settings.seed,
    imgsz: job.settings.imgsz,
  });
  return withQuickStatistics(fresh, jobSteps(job.settings, job.train.length));
}

function dataFacts(job: TrainingJob) {
  const skeleton = job.task === 'pose' ? job.skeleton : null;
  const keypoints = skeleton && { ...skeleton.keypoints, ...(skeleton.names ? { names: skeleton.names } : {}) };
  return { task: job.task, names: job.names, keypoints };
}

function dataOf(job: TrainingJob): TrainingData {
  const { names } = job;
  const common = { names, problems: [], problemCount: 0 };
  if (job.task === 'classify') {
    const { task } = job;
    return {
      ...common,
      task,
      skeleton: null,
      train: { task, images: job.train },
      val: { set: { task, images: job.val }, names, sigmas: null },
    };
  }
  const { task, skeleton } = job;
  return {
    ...common,
    task,
    skeleton,
    train: { task, skeleton, images: job.train },
    val: { set: { task, skeleton, images: job.val }, names, sigmas: skeleton?.sigmas ?? null },
  };
}

function surroundingsOf(job: TrainingJob, ports: JobPorts, store: RunStore): TrainingSurroundings {
  const { settings } = job;
  const blobs = new Map([...job.train, ...job.val].map(({ path, blob }) => [path, blob]));
  const decode = (path: string) => ports.decode(blobs.get(path) ?? new Blob());
  return {
    trainingSessions: breathing(ports),
    sessions: breathing(ports),
    forms: ports.forms,
    backend: settings.backend,
    threads: settings.threads,
    decode,
    store,
    openBatches: ({ set, plan, cacheBytes, onProblem, signal }) =>
      createBatchLoader({
        makers: [createLocalBatchMaker({ set, plan, decode, cacheBytes })],
        batchesPerEpoch: batchesPerEpoch(set.images.length, plan.batch),
        epochs: plan.epochs,
        onProblem,
        signal,
      }),
  };
}

/** A run of the runtime holds its thread; between two of them messages are heard. */
function breathing({ sessions, breathe }: JobPorts): SessionFactory {
  return async (model, facts) => {
    const session = await sessions(model, facts);
    const wrapped: VisionSession = {
      backend: session.backend,
      threads: session.threads,
      async run(feeds) {
        await breathe();
        return session.run(feeds);
      },
      dispose: () => session.dispose(),
    };
    return wrapped;
  };
}

/** Holds the best weights, and shows them on the way. */
function createWeightShelf({ tell, now }: JobPorts) {
  let best: Uint8Array | null = null;
  let bestEpoch = 0;
  let shownEpoch = 0;
  let shownAt = now();

  function show(isFinal: boolean): void {
    if (best === null) return;
    tell({ kind: 'weights', onnx: blobOf(best), epoch: bestEpoch, isFinal });
    shownEpoch = bestEpoch;
    shownAt = now();
  }

  const store: RunStore = {
    async write(name, content) {
      // The other files of a run folder are of no use to a page.
      if (name === runFiles.best && typeof content !== 'string') best = content;
    },
    read: async (name) => (name === runFiles.best ? best : null),
  };
  return {
    store,
    epoch: () => bestEpoch,
    /** Told after the weights of an epoch were written, where they are the best. */
    atEpoch(epoch: number, isBest: boolean): void {
      if (isBest) bestEpoch = epoch;
      if (bestEpoch > shownEpoch && now() - shownAt >= showEveryMs) show(false);
    },
    finish: () => show(true),
  };
}

/** Memory that threads share cannot go into a blob; none comes out of the writers, so nothing is copied first. */
function blobOf({ buffer, byteOffset, byteLength }: Uint8Array): Blob {
  const bytes = buffer instanceof ArrayBuffer ? buffer : new Uint8Array(buffer).slice().buffer;
  return new Blob([new Uint8Array(bytes, byteOffset, byteLength)]);
}
