import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { main } from '@/lib/cli/main';
import type { Task } from '@/lib/core/task';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import type { DialectName } from '@/lib/engines/vision/dialects/dialect';
import {
  createInferencePool,
  type InferencePool,
  type InferencePoolOptions,
} from '@/lib/platform/inference/inference-pool';
import { endlessModel } from '@/lib/platform/inference/test-support/hostile-models';
import {
  imageRequest,
  redSquare,
  storedModel,
  temporaryFolder,
} from '@/lib/platform/inference/test-support/pool-material';

const folder = temporaryFolder();
const models = {
  detect: storedModel(folder, tinyModel()),
  segment: storedModel(folder, tinyModel({ task: 'segment' })),
  unlabelled: storedModel(folder, tinyModel({ metadata: 'none', layout: 'rows' })),
  endless: storedModel(folder, endlessModel()),
};
let image: Uint8Array;
let pool: InferencePool;

function openPool(options: Partial<InferencePoolOptions> = {}): InferencePool {
  pool = createInferencePool({ maximumMemoryBytes: 2 ** 31, modelMemoryBytes: 2 ** 29, threads: 1, ...options });
  return pool;
}

beforeAll(async () => {
  image = await redSquare();
});

afterEach(() => pool.close());

afterAll(() => rmSync(folder, { recursive: true }));

describe('predict', () => {
  it.each<[Task, DialectName]>([
    ['detect', 'hub'],
    ['segment', 'platform'],
    ['pose', 'roboflow'],
    ['obb', 'ultralytics'],
    ['classify', 'huggingface'],
    ['semantic', 'platform-images'],
    ['depth', 'kserve'],
  ])('answers for %s exactly what the command line writes', async (task, dialect) => {
    const bytes = tinyModel({ task });
    writeFileSync(join(folder, 'tiny.onnx'), bytes);
    writeFileSync(join(folder, 'square.png'), image);
    const written = await commandOutput([
      'predict',
      '--model',
      'tiny.onnx',
      '--source',
      'square.png',
      '--format',
      dialect,
    ]);

    const request = imageRequest(storedModel(folder, bytes), image);
    const reply = await openPool().predict({ ...request, dialect: { ...request.dialect, name: dialect } });
    expect(reply).toMatchObject({ task, images: [{ size: { width: 128, height: 96 }, seconds: null }] });
    expect(`${reply.images[0].document}\n`).toBe(written);
  });

  it('shares one process between concurrent requests, and answers each with its own image', async () => {
    openPool();
    const sides = [24, 32, 40, 48, 56, 64];
    const images = await Promise.all(sides.map(redSquare));
    const replies = await Promise.all(images.map((bytes) => pool.predict(imageRequest(models.detect, bytes))));
    const again = await Promise.all(images.map((bytes) => pool.predict(imageRequest(models.detect, bytes))));
    expect(again.map((reply) => reply.images[0].document)).toEqual(replies.map((reply) => reply.images[0].document));
    expect(new Set(replies.map((reply) => reply.images[0].document)).size).toBeGreaterThan(1);
    expect(pool.stats().models).toMatchObject([{ sha256: models.detect.sha256, running: 0, waiting: 0 }]);
  });

  it('tells the speed of each step, and in the document only when asked to', async () => {
    openPool();
    const request = imageRequest(models.detect, image);
    const [quiet, timed] = await Promise.all([
      pool.predict(request),
      pool.predict({ ...request, dialect: { ...request.dialect, withSpeed: true } }),
    ]);
    expect(quiet.images[0].document).not.toContain('speed');
    const { speed, document } = timed.images[0];
    expect(JSON.parse(document).images[0].speed).toEqual(speed);
    expect(speed.inference).toBeGreaterThan(0);
  });

  it('takes the reading that is asked for, and refuses one that is not there', async () => {
    openPool();
    const { readings } = await pool.inspect(models.unlabelled.file);
    const tasks = await Promise.all(
      readings.map(async (_, reading) => {
        const { task } = await pool.predict(imageRequest({ ...models.unlabelled, reading }, image));
        return task;
      }),
    );
    expect(tasks).toEqual(readings.map(({ spec }) => spec.task));
    const beyond = pool.predict(imageRequest({ ...models.unlabelled, reading: readings.length }, image));
    await expect(beyond).rejects.toMatchObject({ code: 'input-invalid' });
  });

  it('refuses a broken image, an impossible dialect and a file that is no model, and goes on', async () => {
    openPool();
    const good = imageRequest(models.segment, image);
    const noModel = storedModel(folder, new TextEncoder().encode('this is not a model'));
    const outcomes = await Promise.allSettled([
      pool.predict(imageRequest(models.segment, image.subarray(0, 90))),
      pool.predict({ ...good, dialect: { ...good.dialect, name: 'yololabel' } }),
      pool.predict(imageRequest(noModel, image)),
      pool.predict(good),
    ]);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { name: 'Fault', code: 'image-truncated' } },
      { status: 'rejected', reason: { name: 'Fault', code: 'input-invalid' } },
      { status: 'rejected', reason: { name: 'Fault', code: 'model-not-onnx' } },
      { status: 'fulfilled' },
    ]);
  });

  it('drops a request whose caller has gone', async () => {
    openPool();
    const leaving = new AbortController();
    const request = { ...imageRequest(models.endless, image), signal: leaving.signal };
    const predictions = Promise.allSettled(Array.from({ length: 6 }, () => pool.predict(request)));
    await vi.waitFor(() => expect(pool.stats()).toMatchObject({ running: 3, waiting: 3 }), 10_000);
    leaving.abort();
    for (const outcome of await predictions) expect(outcome).toMatchObject({ reason: { code: 'cancelled' } });
    await vi.waitFor(() => expect(pool.stats().waiting).toBe(0), 5_000);
  });

  it('refuses what exceeds the queue and says when to come again', async () => {
    openPool({ maximumQueued: 4 });
    for (const waiting of [0, 3]) {
      for (const _ of [1, 2, 3]) pool.predict(imageRequest(models.endless, image)).catch(() => undefined);
      await vi.waitFor(() => expect(pool.stats()).toMatchObject({ running: 3, waiting }), 10_000);
    }
    const seventh = pool.predict(imageRequest(models.endless, image));
    await expect(seventh).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: expect.any(Number) });
    // One model fills three quarters: the last place is for others.
    await expect(pool.predict(imageRequest(models.detect, image))).resolves.toMatchObject({ task: 'detect' });
  });
});

describe('memory of the pool', () => {
  it('keeps no image after it was answered', async () => {
    openPool();
    // 12 MB when decoded: 60 kept ones would be 720 MB, more than the model may occupy.
    const large = await sharp(image).resize(2_300, 1_740).png().toBuffer();
    for (let block = 0; block < 20; block += 1) {
      await Promise.all([1, 2, 3].map(() => pool.predict(imageRequest(models.detect, large))));
    }
    expect(pool.stats().models).toMatchObject([{ memoryBytes: expect.toSatisfy((bytes) => bytes < 400 * 2 ** 20) }]);
  });

  it('closes the model that was not used the longest when another one needs its place', async () => {
    // Room for two processes of the 192 MB that one is expected to need.
    openPool({ maximumMemoryBytes: 400 * 2 ** 20 });
    const living = () =>
      pool
        .stats()
        .models.filter(({ pid }) => pid !== null)
        .map(({ sha256 }) => sha256);
    await pool.predict(imageRequest(models.detect, image));
    await pool.predict(imageRequest(models.segment, image));
    await pool.predict(imageRequest(models.detect, image));
    expect(living()).toEqual([models.detect.sha256, models.segment.sha256]);
    await pool.predict(imageRequest(models.unlabelled, image));
    expect(living()).toEqual([models.detect.sha256, models.unlabelled.sha256]);
  });

  it('closes a model that nobody uses', async () => {
    openPool({ idleMs: 300 });
    await pool.predict(imageRequest(models.detect, image));
    const [{ pid }] = pool.stats().models;
    await vi.waitFor(() => expect(pool.stats().models).toMatchObject([{ pid: null }]), 5_000);
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 5_000);
  });
});

describe('inspect', () => {
  it('reads facts, readings and cost in a process of its own', async () => {
    const { facts, readings, cost } = await openPool().inspect(models.detect.file);
    expect(facts).toMatchObject({ precision: 'fp32', opset: 17 });
    expect(readings).toMatchObject([{ spec: { task: 'detect', names: ['red', 'green', 'blue'] } }]);
    expect(cost.multiplyAdds).toBeGreaterThan(0);
    expect(pool.stats().models).toEqual([]);
  });

  it('refuses what is no model', async () => {
    const text = storedModel(folder, new TextEncoder().encode('<!doctype html><title>404</title>'));
    await expect(openPool().inspect(text.file)).rejects.toMatchObject({ name: 'Fault', code: 'model-not-onnx' });
  });
});

describe('close', () => {
  it('ends every process, refuses what waits and what comes', async () => {
    openPool();
    const stuck = pool.predict(imageRequest(models.endless, image));
    stuck.catch(() => undefined);
    await vi.waitFor(() => expect(pool.stats().running).toBe(1), 10_000);
    const [{ pid }] = pool.stats().models;
    await pool.close();
    expect(isAlive(pid)).toBe(false);
    await expect(stuck).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(pool.predict(imageRequest(models.detect, image))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

function isAlive(pid: number | null): boolean {
  try {
    return process.kill(pid ?? 0, 0);
  } catch {
    return false;
  }
}

async function commandOutput(words: readonly string[]): Promise<string> {
  const streams = [0, 1].map(() => {
    const chunks: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        chunks.push(String(chunk));
        done();
      },
    });
    return { chunks, stream };
  });
  const status = await main(words, { folder, output: streams[0].stream, errors: streams[1].stream });
  expect([status, streams[1].chunks.join('')]).toEqual([0, '']);
  return streams[0].chunks.join('');
}
