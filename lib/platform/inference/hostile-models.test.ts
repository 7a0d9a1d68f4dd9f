import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import {
  createInferencePool,
  type InferencePool,
  type InferencePoolOptions,
} from '@/lib/platform/inference/inference-pool';
import type { InferenceModel } from '@/lib/platform/inference/inference-request';
import { endlessModel, greedyModel } from '@/lib/platform/inference/test-support/hostile-models';
import {
  imageRequest,
  redSquare,
  storedModel,
  temporaryFolder,
} from '@/lib/platform/inference/test-support/pool-material';

const folder = temporaryFolder();
const harmless = storedModel(folder, tinyModel());
const endless = storedModel(folder, endlessModel());
let image: Uint8Array;
let pool: InferencePool;

function openPool(options: Partial<InferencePoolOptions> = {}): InferencePool {
  pool = createInferencePool({ maximumMemoryBytes: 2 ** 31, modelMemoryBytes: 2 ** 29, threads: 1, ...options });
  return pool;
}

function pidOf({ sha256 }: InferenceModel): number {
  const pid = pool.stats().models.find((model) => model.sha256 === sha256)?.pid ?? null;
  expect(pid).not.toBeNull();
  return pid ?? 0;
}

beforeAll(async () => {
  image = await redSquare();
});

afterEach(() => pool?.close());

afterAll(() => rmSync(folder, { recursive: true }));

describe('a model that never ends', () => {
  it('is stopped at its deadline, while others are answered', async () => {
    openPool({ deadlineMs: 5_000 });
    await pool.predict(imageRequest(harmless, image));
    const stuck = expect(pool.predict(imageRequest(endless, image))).rejects.toMatchObject({ code: 'model-too-slow' });
    await expect(pool.predict(imageRequest(harmless, image))).resolves.toMatchObject({ task: 'detect' });
    await stuck;
    expect(pool.stats().models.find(({ sha256 }) => sha256 === endless.sha256)).toMatchObject({
      pid: null,
      running: 0,
    });
  });

  it('is stopped with the pool’s process, even when that is killed', async () => {
    const imageFile = join(folder, 'square.png');
    writeFileSync(imageFile, image);
    const script = join('lib', 'platform', 'inference', 'test-support', 'lonely-parent.ts');
    const parent = spawn(process.execPath, ['--import', 'tsx', script, endless.file, imageFile]);
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (line) => resolve(Number(String(line).split('\n')[0]))),
    );
    expect(process.kill(pid, 0)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(/ESRCH/), 5_000);
  });
});

describe('a model that wants more memory than it may have', () => {
  it.runIf(process.platform === 'linux')('is refused it at once, and its process lives on', async () => {
    openPool();
    const greedy = storedModel(folder, greedyModel(8_192));
    for (const _ of [1, 2]) {
      await expect(pool.predict(imageRequest(greedy, image))).rejects.toMatchObject({ code: 'out-of-memory' });
    }
    expect(pool.stats().models).toMatchObject([{ running: 0, pid: expect.any(Number) }]);
  });

  it('is stopped when it occupies too much, however it got it', async () => {
    openPool({ modelMemoryBytes: 300 * 2 ** 20, deadlineMs: 20_000 });
    const hoarder = storedModel(folder, endlessModel(320));
    const prediction = pool.predict(imageRequest(hoarder, image));
    await expect(prediction).rejects.toMatchObject({ code: 'out-of-memory' });
    await expect(prediction).rejects.toThrow(/300 MB .* stopped/);
  });
});

describe('a process that dies', () => {
  it('fails the request it was busy with, and those behind it are answered by a fresh one', async () => {
    openPool();
    await pool.predict(imageRequest(harmless, image));
    const first = pidOf(harmless);
    const outcomes = Promise.allSettled(Array.from({ length: 3 }, () => pool.predict(imageRequest(harmless, image))));
    process.kill(first, 'SIGKILL');
    const codes = (await outcomes).map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'answered'));
    expect(codes).toEqual(['model-crashed', 'answered', 'answered']);
    expect(pidOf(harmless)).not.toBe(first);
  });

  it('is not replaced for a minute when it has died three times in a row', async () => {
    openPool();
    for (const _ of [1, 2, 3]) {
      const prediction = pool.predict(imageRequest(endless, image));
      const failure = expect(prediction).rejects.toMatchObject({ name: 'Fault', code: 'model-crashed' });
      await vi.waitFor(() => expect(pool.stats().models).toMatchObject([{ running: 1 }]), 10_000);
      process.kill(pidOf(endless), 'SIGKILL');
      await failure;
    }
    const refused = pool.predict(imageRequest(endless, image));
    await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 60 });
    await expect(pool.predict(imageRequest(harmless, image))).resolves.toMatchObject({ task: 'detect' });
  });
});

it.runIf(process.platform === 'linux')('is the first to go when the machine runs out of memory', async () => {
  openPool();
  await pool.predict(imageRequest(harmless, image));
  expect(Number(await readFile(`/proc/${pidOf(harmless)}/oom_score_adj`, 'utf8'))).toBe(900);
});
