import { assert } from '@/lib/core/assert';
import { Fault } from '@/lib/core/fault';
import { fromFloat16, toFloat16 } from '@/lib/engines/model-files/float16';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { HeadOutput, Placement } from '@/lib/engines/vision/head-output';
import { floatData } from '@/lib/engines/vision/head-table';
import { interpretHead } from '@/lib/engines/vision/interpret-head';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { preprocess } from '@/lib/engines/vision/preprocess';
import type { HostTensor, VisionSession } from '@/lib/engines/vision/session';
import type { Thresholds, Timings, VisionResult } from '@/lib/engines/vision/vision-result';

export type Prediction = {
  readonly result: VisionResult;
  /** For other thresholds later, through `interpretHead`. Its buffers are its own and may be transferred. */
  readonly output: HeadOutput;
  /** Milliseconds. Images that shared a run each carry an equal part of its inference time. */
  readonly timings: Omit<Timings, 'decode'>;
};

type PredictOptions = {
  /** Longer side of a dynamic input in pixels; null for the size the model was exported with. */
  readonly imgsz: number | null;
  readonly thresholds: Thresholds;
};

export type Predictor = {
  /**
   * One prediction per image, in order. Calls are queued: a session runs one feed at a time. Rejects with the `Fault`s of
   * the session, or `model-unreadable-output` when an output does not have the shape the model's reading says.
   */
  predict(images: readonly PixelImage[], options: PredictOptions): Promise<Prediction[]>;
  /** Waits for what is queued, then disposes the session. Later predictions reject. */
  dispose(): Promise<void>;
};

/** What goes into one run: up to a batch of images side by side, and how each was laid out. */
type Feed = {
  readonly data: Float32Array;
  readonly dims: readonly [number, 3, number, number];
  readonly slots: readonly { readonly placement: Placement; readonly letterboxMs: number }[];
};

/**
 * Binds a session to one reading of its model. A model with a fixed batch of n takes up to n images a run, the missing ones
 * being zeros; a dynamic one takes them one by one, because their letterboxes may differ in size.
 */
export function createPredictor(session: VisionSession, spec: ModelSpec): Predictor {
  const batch = spec.input.batch.kind === 'static' ? spec.input.batch.size : 1;
  const layOut = createFeedFiller(spec, batch);
  let tail: Promise<unknown> = Promise.resolve();
  let disposed = false;

  function queued<T>(work: () => Promise<T>): Promise<T> {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  }

  async function predictAll(images: readonly PixelImage[], options: PredictOptions): Promise<Prediction[]> {
    const predictions: Prediction[] = [];
    while (predictions.length < images.length) {
      const feed = layOut(images.slice(predictions.length, predictions.length + batch), options.imgsz);
      predictions.push(...(await runFeed(session, spec, feed, options.thresholds)));
    }
    return predictions;
  }

  return {
    async predict(images, options) {
      assert(!disposed, 'a disposed predictor predicts nothing');
      return queued(() => predictAll(images, options));
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      await queued(() => session.dispose());
    },
  };
}

/**
 * Fills feeds into one array that is kept while the size stays, so that video allocates nothing. Images whose letterbox has
 * another size than the first one's are left for the next run.
 */
function createFeedFiller(spec: ModelSpec, batch: number) {
  let buffer = new Float32Array(0);
  return (images: readonly PixelImage[], imgsz: number | null): Feed => {
    const first = laidOut(images[0], spec, imgsz, buffer.subarray(0, buffer.length / batch));
    const length = first.input.data.length;
    if (buffer.length !== length * batch) {
      buffer = new Float32Array(length * batch);
      buffer.set(first.input.data);
    }
    const slots = [{ placement: first.input.placement, letterboxMs: first.letterboxMs }];
    for (const image of images.slice(1, batch)) {
      const start = slots.length * length;
      const { input, letterboxMs } = laidOut(image, spec, imgsz, buffer.subarray(start, start + length));
      if (input.dims[2] !== first.input.dims[2] || input.dims[3] !== first.input.dims[3]) break;
      slots.push({ placement: input.placement, letterboxMs });
    }
    buffer.fill(0, slots.length * length);
    const [, channels, height, width] = first.input.dims;
    return { data: buffer, dims: [batch, channels, height, width], slots };
  };
}

function laidOut(image: PixelImage, spec: ModelSpec, imgsz: number | null, into: Float32Array) {
  const started = performance.now();
  const input = preprocess(image, spec, imgsz, into);
  return { input, letterboxMs: performance.now() - started };
}

async function runFeed(
  session: VisionSession,
  spec: ModelSpec,
  feed: Feed,
  thresholds: Thresholds,
): Promise<Prediction[]> {
  const batch = feed.dims[0];
  const started = performance.now();
  const outputs = await session.run({ [spec.input.name]: inputTensor(spec, feed) });
  const inference = (performance.now() - started) / feed.slots.length;
  const main = batchedOutput(outputs, spec.head.outputName, batch);
  const { prototypesName } = spec.head;
  const prototypes = prototypesName === null ? null : batchedOutput(outputs, prototypesName, batch);

  return feed.slots.map(({ placement, letterboxMs }, slot) => {
    const interpretStarted = performance.now();
    const output = {
      main: imageShare(main, slot, batch),
      prototypes: prototypes === null ? null : floatShare(prototypes, slot, batch),
      placement,
    };
    const result = interpretHead(spec, output, thresholds);
    const postprocess = performance.now() - interpretStarted;
    return { result, output, timings: { letterbox: letterboxMs, inference, postprocess } };
  });
}

function inputTensor(spec: ModelSpec, { data, dims }: Feed): HostTensor {
  if (spec.input.elementType === 'float16') return { type: 'float16', data: toFloat16(data), dims };
  return { type: 'float32', data, dims };
}

type BatchedOutput = { readonly data: HeadOutput['main']['data']; readonly dims: readonly number[] };

/** The named output with the number types narrowed to those results are read from. */
function batchedOutput(outputs: Readonly<Record<string, HostTensor>>, name: string, batch: number): BatchedOutput {
  const tensor = outputs[name];
  if (tensor === undefined) {
    throw new Fault({
      code: 'model-unreadable-output',
      found: `The model was expected to answer an output named “${name}”, but answered ${quotedNames(outputs)}.`,
      remedy: 'Choose another reading of the model, or export it again with the Ultralytics package.',
    });
  }
  if (tensor.dims[0] !== batch) {
    throw new Fault({
      code: 'model-unreadable-output',
      found: `Output “${name}” was expected to hold ${batch} image${batch === 1 ? '' : 's'}, but its shape is [${tensor.dims.join(', ')}].`,
      remedy: 'Export the model again with a dynamic batch or a batch of 1.',
    });
  }
  return { data: narrowed(tensor), dims: tensor.dims };
}

function narrowed(tensor: HostTensor): HeadOutput['main']['data'] {
  switch (tensor.type) {
    case 'float16':
      return fromFloat16(tensor.data);
    case 'int64':
      return Int32Array.from(tensor.data, Number);
    case 'float32':
    case 'uint8':
    case 'int32':
      return tensor.data;
  }
}

/** One image's part of an output, without the batch axis and in a buffer of its own. */
function imageShare({ data, dims }: BatchedOutput, slot: number, batch: number): HeadOutput['main'] {
  const length = data.length / batch;
  const ownsBuffer = batch === 1 && data.byteLength === data.buffer.byteLength;
  return { data: ownsBuffer ? data : data.slice(slot * length, (slot + 1) * length), dims: dims.slice(1) };
}

function floatShare(output: BatchedOutput, slot: number, batch: number): NonNullable<HeadOutput['prototypes']> {
  const share = imageShare(output, slot, batch);
  return { data: floatData(share), dims: share.dims };
}

function quotedNames(outputs: Readonly<Record<string, HostTensor>>): string {
  const names = Object.keys(outputs).map((name) => `“${name}”`);
  return names.length > 0 ? names.join(', ') : 'none';
}
