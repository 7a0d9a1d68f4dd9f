import { readFile } from 'node:fs/promises';
import { Fault } from '@/lib/core/fault';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import type { ModelIdentity, ModelSpec } from '@/lib/engines/model-files/model-facts';
import { dialects } from '@/lib/engines/vision/dialects/dialect-registry';
import { dialectTasks, refusedTask } from '@/lib/engines/vision/dialects/dialect-tasks';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { createPredictor, type Predictor } from '@/lib/engines/vision/predictor';
import type { ImagePrediction, PredictionOptions, StepSpeed } from '@/lib/platform/inference/inference-messages';
import { openThreadedSession, type ThreadedSession } from '@/lib/workers/inference-host/threaded-session';

/** A class map as numbers of a large image would fill the memory of whoever reads the answer. */
const maximumDocumentLength = 2 ** 26;

/** While the network runs for one image, the next one is laid out: each needs room of its own for that. */
const lanesPerReading = 2;

/** A predictor, and how long the network took for the last of its images, without the wait for the other lane's. */
type Lane = { readonly predictor: Predictor; readonly inferenceMs: () => number };

export type LoadedModel = {
  /** Calls may overlap: they come to the network in their order. */
  predict(pixels: PixelImage, imageName: string, options: PredictionOptions): Promise<ImagePrediction>;
};

/**
 * Reads a model file and opens its one session, which all its readings share: tasks come one after another. Rejects with the
 * `Fault`s of `identifyModel` and of the runtime.
 */
export async function loadModel(file: string, threads: number): Promise<LoadedModel> {
  const bytes = await readFile(file);
  const { facts, readings } = await identifyModel(bytesSource(bytes));
  const session = await openThreadedSession(bytes, facts, threads);
  const lanes = new Map<number, readonly Lane[]>();
  let predictions = 0;

  function nextLane(reading: number, spec: ModelSpec): Lane {
    const ofReading =
      lanes.get(reading) ?? Array.from({ length: lanesPerReading }, () => createLane(session, spec, threads));
    lanes.set(reading, ofReading);
    predictions += 1;
    return ofReading[predictions % lanesPerReading];
  }

  return {
    async predict(pixels, imageName, { reading, imgsz, thresholds, dialect }) {
      const { spec } = readingOf(readings, reading);
      const { task, names } = spec;
      if (!dialectTasks[dialect.name].includes(task)) throw refusedTask(dialect.name, task);
      const { predictor, inferenceMs } = nextLane(reading, spec);
      const [{ result, timings }] = await predictor.predict([pixels], { imgsz, thresholds });
      const { letterbox: preprocess, postprocess } = timings;
      const speed = rounded({ preprocess, inference: inferenceMs(), postprocess });
      const context = { ...dialect.context, imageName, ...(dialect.withSpeed ? { speed } : {}) };
      const document = JSON.stringify(dialects[dialect.name].document(result, context));
      if (document.length > maximumDocumentLength) throw tooLong(document.length, dialect.name);
      return { task, names, size: result.image, document, speed };
    },
  };
}

function createLane(session: ThreadedSession, spec: ModelSpec, threads: number): Lane {
  let inferenceMs = 0;
  const predictor = createPredictor(
    {
      backend: 'cpu',
      threads,
      async run(feeds) {
        const { outputs, milliseconds } = await session.run(feeds);
        inferenceMs = milliseconds;
        return outputs;
      },
      // The thread ends with the process.
      dispose: async () => undefined,
    },
    spec,
  );
  return { predictor, inferenceMs: () => inferenceMs };
}

function readingOf(readings: ModelIdentity['readings'], index: number) {
  const reading = readings[index];
  if (reading !== undefined) return reading;
  throw new Fault({
    code: 'input-invalid',
    found: `The model has ${readings.length} possible readings; number ${index + 1} was asked for.`,
    remedy: 'Choose one of those the model page lists.',
  });
}

/** Hundredths of a millisecond: more is noise. */
function rounded({ preprocess, inference, postprocess }: StepSpeed): StepSpeed {
  const round = (milliseconds: number) => Math.round(milliseconds * 100) / 100;
  return { preprocess: round(preprocess), inference: round(inference), postprocess: round(postprocess) };
}

function tooLong(length: number, dialect: string): Fault {
  return new Fault({
    code: 'input-invalid',
    found: `The answer in the format “${dialect}” would be ${Math.round(length / 1e6)} MB long; at most ${Math.round(maximumDocumentLength / 1e6)} MB are sent.`,
    remedy: 'Choose a format that stores maps as images (platform-images, ultralytics), or a smaller image.',
  });
}
