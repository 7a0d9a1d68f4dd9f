import { describe, expect, it } from 'vitest';
import { type ConversionShelf, conversionShelf } from '@/lib/browser/conversion-shelf';
import { openModelFile } from '@/lib/browser/open-model-file';
import { memoryFolder } from '@/lib/browser/test-support/memory-folder';
import type { OpenProgress } from '@/lib/browser/vision-protocol';
import { converterVersion } from '@/lib/engines/architecture/converter-version';
import { runnableOptions } from '@/lib/engines/architecture/runnable-options';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import { executingPickles } from '@/lib/engines/model-files/checkpoint/test-support/hostile-pickles';
import {
  describeModule,
  writeCheckpoint,
  zipOf,
} from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

async function smallDetector(): Promise<File> {
  const { model } = familyCheckpoint(familyNamed('yolov8n'));
  const bytes = writeCheckpoint({ model: await describeModule(model), ema: null });
  return new File([new Uint8Array(bytes)], 'best.pt');
}

/** Opens a file and remembers what was told meanwhile; `stopAt` ends it with that step. */
async function open(file: Blob, shelf: ConversionShelf | null = null, stopAt?: string) {
  const told: OpenProgress[] = [];
  const abort = new AbortController();
  const opening = openModelFile(
    file,
    { conversions: async () => shelf, now: () => performance.now() },
    {
      signal: abort.signal,
      onProgress: (progress) => {
        told.push(progress);
        if (stepOf(progress) === stopAt) abort.abort();
      },
    },
  );
  return { told, opened: await opening.catch((error: unknown) => error) };
}

async function isKept(opened: unknown, shelf: ConversionShelf): Promise<boolean> {
  if (!(opened instanceof Object) || !('modelId' in opened)) return false;
  return (await shelf.find(String(opened.modelId), { version: converterVersion, options: runnableOptions })) !== null;
}

function stepOf(progress: OpenProgress): string {
  return progress.kind === 'converting' ? progress.progress.step : progress.kind;
}

describe('openModelFile', () => {
  it('runs an ONNX file as it is', async () => {
    const file = new Blob([new Uint8Array(tinyModel())]);
    const { opened, told } = await open(file);
    expect(opened).toMatchObject({ runnable: file, conversion: null });
    expect(told).toEqual([]);
  });

  it('tells what is in a checkpoint before it makes a model of it', async () => {
    const { opened, told } = await open(await smallDetector());
    expect(told.map(stepOf).filter((step, i, steps) => step !== steps[i - 1])).toEqual([
      'inspected',
      'building',
      'weights',
      'writing',
    ]);
    expect(told[0]).toMatchObject({ report: { refusal: null, contents: { task: 'detect', classCount: 3 } } });
    expect(opened).toMatchObject({
      modelId: expect.stringMatching(/^[0-9a-f]{64}$/),
      identity: { readings: [{ spec: { task: 'detect', names: { length: 3 } } }] },
      conversion: { origin: 'made' },
    });
  });

  it('converts a checkpoint once: the next visit takes what this one kept', async () => {
    const shelf = conversionShelf(memoryFolder());
    const first = await open(await smallDetector(), shelf);
    await expect.poll(() => isKept(first.opened, shelf)).toBe(true);
    const second = await open(await smallDetector(), shelf);
    expect(second.told).toEqual([]);
    expect(second.opened).toMatchObject({ conversion: { origin: 'kept' } });
  });

  it('converts anew what was kept but is damaged', async () => {
    const shelf = conversionShelf(memoryFolder());
    const damaged = { ...shelf, find: async () => new Blob(['no model']) };
    expect((await open(await smallDetector(), damaged)).opened).toMatchObject({ conversion: { origin: 'made' } });
  });

  it('opens a model that the disk has no room for', async () => {
    const full = conversionShelf(memoryFolder({ capacityBytes: 10 }));
    expect((await open(await smallDetector(), full)).opened).toMatchObject({ conversion: { origin: 'made' } });
  });

  it.each(['inspected', 'building', 'weights', 'writing'])('stops at “%s” when the model is removed', async (step) => {
    const shelf = conversionShelf(memoryFolder());
    const file = await smallDetector();
    expect((await open(file, shelf, step)).opened).toMatchObject({ code: 'cancelled' });
    expect((await open(file, shelf)).opened).toMatchObject({ conversion: { origin: 'made' } });
  });

  it('refuses a checkpoint that would run a command, and tells which', async () => {
    const [hostile] = executingPickles('true');
    const bytes = zipOf(hostile?.bytes ?? new Uint8Array());
    const { opened, told } = await open(new File([new Uint8Array(bytes)], 'model.onnx'));
    expect(opened).toMatchObject({ code: 'model-unsafe', found: expect.stringContaining('os.system') });
    expect(told).toMatchObject([
      { report: { contents: null, globals: [{ verdict: 'dangerous', names: ['os.system'] }] } },
    ]);
  });

  it('answers an empty or foreign file by the name it has', async () => {
    expect((await open(new File([], 'best.pt'))).opened).toMatchObject({ found: expect.stringMatching(/checkpoint/i) });
    expect((await open(new File(['hello'], 'best.onnx'))).opened).toMatchObject({ code: 'model-not-onnx' });
  });
});
