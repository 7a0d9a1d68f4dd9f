import { describe, expect, it } from 'vitest';
import { fromFloat16, toFloat16 } from '@/lib/engines/model-files/float16';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { createPredictor } from '@/lib/engines/vision/predictor';
import type { HostTensor, VisionSession } from '@/lib/engines/vision/session';
import { detectionSpec } from '@/lib/engines/vision/test-support/head-specs';
import { defaultThresholds } from '@/lib/engines/vision/vision-result';

const options = { imgsz: null, thresholds: { ...defaultThresholds, conf: 0.1 } };

describe('createPredictor', () => {
  it('packs images into a fixed batch and pads the rest with zeros', async () => {
    const feeds: number[][] = [];
    const spec = detectionSpec({ inputSide: 32, batch: { kind: 'static', size: 2 }, classCount: 1 });
    const predictor = createPredictor(brightnessSession(feeds), spec);
    const predictions = await predictor.predict([gray(51), gray(102), gray(153)], options);
    expect(predictions.map(scoreOf)).toEqual([0.2, 0.4, 0.6].map((value) => expect.closeTo(value, 5)));
    expect(feeds).toEqual([
      [expect.closeTo(0.2, 5), expect.closeTo(0.4, 5)],
      [expect.closeTo(0.6, 5), 0],
    ]);
  });

  it('gives every prediction buffers of its own', async () => {
    const spec = detectionSpec({ inputSide: 32, batch: { kind: 'static', size: 2 }, classCount: 1 });
    const [one, two] = await createPredictor(brightnessSession([]), spec).predict([gray(51), gray(102)], options);
    expect(one.output.main.data.buffer).not.toBe(two.output.main.data.buffer);
    expect(one.output.main.data.buffer.byteLength).toBe(one.output.main.data.byteLength);
    expect(one.output.main.dims).toEqual([5, 1]);
  });

  it('runs a dynamic batch one by one', async () => {
    const feeds: number[][] = [];
    const spec = detectionSpec({
      inputSide: 32,
      sizeKind: 'dynamic',
      batch: { kind: 'dynamic', size: 4 },
      classCount: 1,
    });
    await createPredictor(brightnessSession(feeds), spec).predict([gray(51), gray(102)], options);
    expect(feeds.map((feed) => feed.length)).toEqual([1, 1]);
  });

  it('feeds and reads half precision', async () => {
    const types: string[] = [];
    const session: VisionSession = {
      ...brightnessSession([]),
      run: async ({ images }) => {
        types.push(images.type);
        if (images.type !== 'float16') throw new Error('half precision was asked for');
        const level = fromFloat16(images.data)[0];
        return { output0: { type: 'float16', data: toFloat16(Float32Array.of(16, 16, 8, 8, level)), dims: [1, 5, 1] } };
      },
    };
    const spec = detectionSpec({ inputSide: 32, elementType: 'float16', classCount: 1 });
    const [prediction] = await createPredictor(session, spec).predict([gray(128)], options);
    expect(types).toEqual(['float16']);
    expect(scoreOf(prediction)).toBeCloseTo(128 / 255, 3);
  });

  it('never enters the session twice, and goes on after a failed run', async () => {
    let running = 0;
    let runs = 0;
    const inner = brightnessSession([]);
    const session: VisionSession = {
      ...inner,
      run: async (feeds) => {
        running++;
        expect(running).toBe(1);
        await Promise.resolve();
        running--;
        if (runs++ === 0) throw new Error('the first run fails');
        return inner.run(feeds);
      },
    };
    const predictor = createPredictor(session, detectionSpec({ inputSide: 32, classCount: 1 }));
    const [first, second, third] = await Promise.allSettled([
      predictor.predict([gray(51)], options),
      predictor.predict([gray(102)], options),
      predictor.predict([gray(153)], options),
    ]);
    expect([first.status, second.status, third.status]).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });

  it('disposes its session once, after what is queued, and predicts no more', async () => {
    const events: string[] = [];
    const inner = brightnessSession([]);
    const session: VisionSession = {
      ...inner,
      run: async (feeds) => {
        events.push('run');
        return inner.run(feeds);
      },
      dispose: async () => {
        events.push('dispose');
      },
    };
    const predictor = createPredictor(session, detectionSpec({ inputSide: 32, classCount: 1 }));
    const pending = predictor.predict([gray(51)], options);
    await Promise.all([predictor.dispose(), predictor.dispose(), pending]);
    expect(events).toEqual(['run', 'dispose']);
    await expect(predictor.predict([gray(51)], options)).rejects.toThrow('disposed');
  });

  it('refuses outputs that are missing or of another batch', async () => {
    const spec = detectionSpec({ inputSide: 32, classCount: 1 });
    const nameless: VisionSession = { ...brightnessSession([]), run: async () => ({ other: tensor([1, 5, 1]) }) };
    await expect(createPredictor(nameless, spec).predict([gray(51)], options)).rejects.toThrow('“other”');
    const doubled: VisionSession = { ...brightnessSession([]), run: async () => ({ output0: tensor([2, 5, 1]) }) };
    await expect(createPredictor(doubled, spec).predict([gray(51)], options)).rejects.toMatchObject({
      code: 'model-unreadable-output',
    });
  });

  it('widens 64-bit class maps', async () => {
    const session: VisionSession = {
      ...brightnessSession([]),
      run: async () => ({ output0: { type: 'int64', data: new BigInt64Array(32 * 32).fill(2n), dims: [1, 32, 32] } }),
    };
    const spec = detectionSpec({ task: 'semantic', layout: 'class-map', inputSide: 32 });
    const [{ result }] = await createPredictor(session, spec).predict([gray(51)], options);
    expect(result).toMatchObject({ task: 'semantic', classMap: new Uint8Array(32 * 32).fill(2) });
  });
});

/** A network with one anchor per image whose score is the brightness of the first pixel; it records what it was fed. */
function brightnessSession(feeds: number[][]): VisionSession {
  return {
    backend: 'cpu',
    threads: 1,
    async run({ images }) {
      if (images.type !== 'float32') throw new Error('single precision was asked for');
      const [batch] = images.dims;
      const share = images.data.length / batch;
      const levels = Array.from({ length: batch }, (_, image) => images.data[image * share]);
      feeds.push(levels);
      const data = Float32Array.from(levels.flatMap((level) => [16, 16, 8, 8, level]));
      return { output0: { type: 'float32', data, dims: [batch, 5, 1] } };
    },
    dispose: async () => undefined,
  };
}

function tensor(dims: readonly number[]): HostTensor {
  return { type: 'float32', data: new Float32Array(dims.reduce((product, length) => product * length, 1)), dims };
}

function gray(level: number): PixelImage {
  return { width: 32, height: 32, channels: 3, data: new Uint8Array(32 * 32 * 3).fill(level) };
}

function scoreOf({ result }: Awaited<ReturnType<ReturnType<typeof createPredictor>['predict']>>[number]): number {
  if (!('detections' in result)) throw new Error('expected detections');
  return result.detections[0]?.score ?? 0;
}
