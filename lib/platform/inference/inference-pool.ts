import { availableParallelism } from 'node:os';
import { convertFile, inspectFile, sampleVideoFrames } from '@/lib/platform/inference/file-hosts';
import { createHostFleet } from '@/lib/platform/inference/host-fleet';
import { cancelled, queueFull, shuttingDown, videoTooSlow } from '@/lib/platform/inference/inference-faults';
import type { HostImage, ImagePrediction, ModelInspection } from '@/lib/platform/inference/inference-messages';
import type {
  InferenceImage,
  InferenceReply,
  InferenceRequest,
  InferenceStats,
} from '@/lib/platform/inference/inference-request';
import { createModelLines } from '@/lib/platform/inference/model-lines';
import { createTurnstile } from '@/lib/platform/inference/turnstile';

export type InferencePoolOptions = {
  /** Most bytes that all models together occupy; beyond it those that were not used the longest are closed. */
  readonly maximumMemoryBytes: number;
  /** Most bytes that one model may occupy: beyond it its process is ended. */
  readonly modelMemoryBytes: number;
  /** Milliseconds for one image at the network, and the longest wait for a turn; 30 000 if absent. */
  readonly deadlineMs?: number;
  /** Predictions that may wait, all models together; 64 if absent. One model takes at most three quarters of the places. */
  readonly maximumQueued?: number;
  /** Threads of each model's session, as many as the machine gives if absent. Idle ones sleep, so that models share the cores. */
  readonly threads?: number;
  /** Milliseconds after which an unused model is closed; five minutes if absent. */
  readonly idleMs?: number;
  /** Where `lib` and `node_modules` are; the working directory if absent. */
  readonly projectFolder?: string;
};

export type InferencePool = {
  /**
   * Runs a model over an image or over frames of a video, in the model's own process. Rejects with a `Fault` (those of reading
   * the model and the image, of the runtime and of the dialect; `model-too-slow`, `out-of-memory`, `model-crashed`,
   * `video-unreadable`, `cancelled`), or with a `DomainError` `UNAVAILABLE` that says when to try again.
   */
  predict(request: InferenceRequest): Promise<InferenceReply>;
  /** What a model file is, read in a process of its own. Rejects with a `Fault`, or `UNAVAILABLE` when too many wait. */
  inspect(file: string): Promise<ModelInspection>;
  /**
   * Hands `take` the ONNX file that a checkpoint becomes, in pieces that are made in a process of their own. Rejects with a `Fault`
   * that says why the checkpoint cannot be converted, with `UNAVAILABLE` when too many wait, and as `take` does.
   */
  convert<T>(file: string, take: (onnx: AsyncIterable<Uint8Array>) => Promise<T>): Promise<T>;
  stats(): InferenceStats;
  /** Ends every process; what waits or runs is refused with `UNAVAILABLE`, and so are later calls. */
  close(): Promise<void>;
};

/** A video may take as long as so many single images. */
const videoDeadlines = 10;

/** Files that are inspected, and videos that are decoded, at one time. */
const filesAtOnce = 2;

/** Checkpoints that are converted at one time: each takes several times its file's size. */
const conversionsAtOnce = 1;

/** A conversion may take as long as so many images: the largest ones read and write some 400 MB. */
const conversionDeadlines = 4;

/** The part of the queue that one model may fill. */
const shareOfOneModel = 0.75;

/** Longest wait that is advised, in seconds. */
const longestAdvice = 60;

/**
 * Makes the pool in which all foreign models run: a child process for each, so that a hostile one takes down only itself. All
 * requests for a model share its process and session; while the network runs, the next image is decoded.
 */
export function createInferencePool(options: InferencePoolOptions): InferencePool {
  const { maximumMemoryBytes, modelMemoryBytes, deadlineMs = 30_000, maximumQueued = 64, idleMs = 300_000 } = options;
  const { threads = availableParallelism(), projectFolder = process.cwd() } = options;
  const limits = { modelMemoryBytes, deadlineMs, idleMs };
  const fleet = createHostFleet({ projectFolder, maximumMemoryBytes, modelMemoryBytes });
  const lines = createModelLines(fleet, limits);
  const inspections = createTurnstile(filesAtOnce);
  const conversions = createTurnstile(conversionsAtOnce);
  const videos = createTurnstile(filesAtOnce);
  let isClosed = false;

  function waitingCount(): number {
    const atLines = lines.all().reduce((sum, line) => sum + line.waitingCount, 0);
    return atLines + inspections.waitingCount + conversions.waitingCount + videos.waitingCount;
  }

  function admit(waitingForModel: number): void {
    if (isClosed) throw shuttingDown();
    const waiting = waitingCount();
    if (waiting < maximumQueued && waitingForModel < maximumQueued * shareOfOneModel) return;
    throw queueFull(Math.min(longestAdvice, Math.max(1, Math.ceil(lines.secondsPerJob * waiting))));
  }

  function enqueue(request: InferenceRequest, image: HostImage, imageName: string): Promise<ImagePrediction> {
    const { model, imgsz, thresholds, dialect, signal } = request;
    const { file, reading = 0 } = model;
    let giveUp = (): void => undefined;
    const prediction = new Promise<ImagePrediction>((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled());
      giveUp = () => reject(cancelled());
      signal?.addEventListener('abort', giveUp, { once: true });
      lines.lineOf(model).add({
        task: { kind: 'predict', file, threads, image, imageName, options: { reading, imgsz, thresholds, dialect } },
        queuedAt: performance.now(),
        resolve,
        reject,
        isAbandoned: () => signal?.aborted ?? false,
        strandings: 0,
      });
      lines.added();
    });
    // A listener that stays holds its image, and the frames of a video share one signal.
    return prediction.finally(() => signal?.removeEventListener('abort', giveUp));
  }

  async function predictVideo(request: InferenceRequest, input: VideoInput): Promise<InferenceReply> {
    const started = performance.now();
    const { file, name, maximumFrames, everySeconds } = input;
    const frames: { prediction: ImagePrediction; seconds: number }[] = [];
    for await (const frame of sampleVideoFrames(fleet, file, { maximumFrames, everySeconds }, limits)) {
      if (performance.now() - started > deadlineMs * videoDeadlines) throw videoTooSlow(frames.length, limits);
      const image = { kind: 'pixels' as const, pixels: frame.pixels };
      const prediction = await enqueue(request, image, `${name}#${frames.length}`);
      frames.push({ prediction, seconds: frame.seconds });
    }
    return replyOf(frames);
  }

  return {
    async predict(request) {
      const { input } = request;
      admit(lines.lineOf(request.model).waitingCount);
      if (input.kind === 'video') return videos.pass(() => predictVideo(request, input));
      const prediction = await enqueue(request, { kind: 'file', bytes: input.bytes }, input.name);
      return replyOf([{ prediction, seconds: null }]);
    },
    async inspect(file) {
      admit(0);
      return inspections.pass(() => inspectFile(fleet, file, limits));
    },
    async convert(file, take) {
      admit(0);
      const patient = { ...limits, deadlineMs: deadlineMs * conversionDeadlines };
      return conversions.pass(() => take(convertFile(fleet, file, patient)));
    },
    stats() {
      const models = lines.all().map(({ sha256, host, waitingCount, runningCount }) => ({
        sha256,
        pid: host?.pid ?? null,
        memoryBytes: host === null ? 0 : fleet.bytesOf(host),
        waiting: waitingCount,
        running: runningCount,
      }));
      const running = models.reduce((sum, model) => sum + model.running, 0);
      return { waiting: waitingCount(), running, memoryBytes: fleet.occupiedBytes(), models };
    },
    async close() {
      isClosed = true;
      lines.close(shuttingDown());
      await fleet.close();
    },
  };
}

type VideoInput = Extract<InferenceRequest['input'], { kind: 'video' }>;

function replyOf(predictions: readonly { prediction: ImagePrediction; seconds: number | null }[]): InferenceReply {
  const images = predictions.map(({ prediction: { size, document, speed }, seconds }): InferenceImage => {
    return { size, document, speed, seconds };
  });
  const [first] = predictions;
  return { task: first.prediction.task, names: first.prediction.names, images };
}
