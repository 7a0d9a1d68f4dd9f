import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { familyFile } from '@/lib/engines/architecture/test-support/family-file';
import { zipOf } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import {
  createInferencePool,
  type InferencePool,
  type InferencePoolOptions,
} from '@/lib/platform/inference/inference-pool';
import {
  imageRequest,
  redSquare,
  storedModel,
  temporaryFolder,
} from '@/lib/platform/inference/test-support/pool-material';

const folder = temporaryFolder();
let pool: InferencePool;

function openPool(options: Partial<InferencePoolOptions> = {}): InferencePool {
  pool = createInferencePool({ maximumMemoryBytes: 2 ** 31, modelMemoryBytes: 2 ** 29, threads: 1, ...options });
  return pool;
}

function stored(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

afterEach(() => pool?.close());
afterAll(() => rmSync(folder, { recursive: true }));

describe('converting a checkpoint', () => {
  it('gives an ONNX file that runs', async () => {
    const onnx = await openPool().convert(stored('tiny.pt', await familyFile('yolov8n')), whole);
    const model = storedModel(folder, onnx);
    expect((await pool.inspect(model.file)).readings[0].spec).toMatchObject({ task: 'detect', stride: 32 });
    expect(await pool.predict(imageRequest(model, await redSquare()))).toMatchObject({ task: 'detect' });
  });

  it('gives a larger file in several pieces', async () => {
    const file = stored('wide.pt', await familyFile('yolov8n', { width: 0.25 }));
    const lengths = await openPool().convert(file, async (pieces) => {
      const found: number[] = [];
      for await (const piece of pieces) found.push(piece.length);
      return found;
    });
    expect(lengths.length).toBeGreaterThan(1);
    expect(lengths.slice(0, -1).every((length) => length === lengths[0])).toBe(true);
  });

  it('executes nothing of a pickle that asks for it, and says so', async () => {
    const traceFile = join(folder, 'executed');
    const command = `touch ${traceFile}`;
    const pickle = Buffer.concat([
      Buffer.from('\x80\x02cposix\nsystem\nX', 'latin1'),
      Buffer.from([command.length, 0, 0, 0]),
      Buffer.from(`${command}\x85R.`, 'latin1'),
    ]);
    const file = stored('hostile.pt', zipOf(pickle));
    await expect(openPool().convert(file, whole)).rejects.toMatchObject({ code: 'model-unsafe' });
    expect(() => rmSync(traceFile)).toThrow('ENOENT');
  });

  it('is stopped at its deadline, and beyond its memory', async () => {
    const file = stored('wide.pt', await familyFile('yolov8n', { width: 0.25 }));
    const converting = () => pool.convert(file, async (pieces) => (await whole(pieces)).length);
    openPool({ deadlineMs: 1 });
    await expect(converting()).rejects.toMatchObject({ code: 'model-too-slow' });
    await pool.close();
    openPool({ modelMemoryBytes: 2 ** 26 });
    await expect(converting()).rejects.toMatchObject({ code: 'out-of-memory' });
  });

  it('ends its process when whoever takes the pieces gives up', async () => {
    const file = stored('wide.pt', await familyFile('yolov8n', { width: 0.25 }));
    const given = openPool().convert(file, async (pieces) => {
      for await (const _ of pieces) throw new Error('the disk is full');
    });
    await expect(given).rejects.toThrow('the disk is full');
    expect(pool.stats().memoryBytes).toBe(0);
    expect(await pool.convert(file, async (pieces) => (await whole(pieces)).length)).toBeGreaterThan(0);
  });
});
