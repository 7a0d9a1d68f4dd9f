import { unreachable } from '@/lib/core/assert';
import type { HostAnswers, HostTask, ImagePrediction } from '@/lib/platform/inference/inference-messages';
import { type Converter, createConverter } from '@/lib/workers/inference-host/converter';
import { createFrameReader, type FrameReader } from '@/lib/workers/inference-host/frame-reader';
import { inspectModel } from '@/lib/workers/inference-host/inspect-model';
import { type LoadedModel, loadModel } from '@/lib/workers/inference-host/loaded-model';
import { startDecoding } from '@/lib/workers/inference-host/start-decoding';

type PredictTask = Extract<HostTask, { kind: 'predict' }>;

/** Does the tasks of one host. The first one decides which model or video this process is for: it may open no other file. */
export function createTaskRunner(): (task: HostTask) => Promise<HostAnswers[HostTask['kind']]> {
  let model: Promise<LoadedModel> | null = null;
  let converter: Converter | null = null;
  let frames: FrameReader | null = null;
  let lastTurn: Promise<unknown> = Promise.resolve();

  /** Images are decoded side by side and come to the network in the order of their messages. */
  async function predict(task: PredictTask, loaded: Promise<LoadedModel>): Promise<ImagePrediction> {
    const turn = lastTurn;
    const decoding = startDecoding(task.image);
    const ready = Promise.all([loaded, decoding, turn]);
    const prediction = ready.then(([{ predict }, { pixels }]) => predict(pixels, task.imageName, task.options));
    // Without a value: a turn that held the results of the one before would hold every image ever seen.
    lastTurn = Promise.allSettled([ready, turn]).then(() => undefined);
    try {
      return await prediction;
    } finally {
      void decoding.then(({ release }) => release()).catch(() => undefined);
    }
  }

  return (task) => {
    switch (task.kind) {
      case 'predict':
        model ??= loadModel(task.file, task.threads);
        return predict(task, model);
      case 'inspect':
        return inspectModel(task.file);
      case 'convert':
        converter ??= createConverter(task.file);
        return converter.nextPiece();
      case 'next-frame':
        frames ??= createFrameReader(task.file, task.sampling);
        return frames.next();
      default:
        return unreachable(task);
    }
  };
}
