import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { namedTensors } from '@/lib/engines/model-files/checkpoint/check-weights';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import {
  eighths,
  tinyNetwork,
  tinyTrainedCheckpoint,
} from '@/lib/engines/model-files/checkpoint/test-support/tiny-checkpoint';
import { describeModule, writeCheckpoint } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';

describe('opening a checkpoint', () => {
  it('reads back what was written', async () => {
    const bytes = tinyTrainedCheckpoint();
    const { which, model, entries, sizeBytes } = await openCheckpoint(bytesSource(bytes));
    expect({ which, sizeBytes, className: model.className }).toEqual({
      which: 'model',
      sizeBytes: bytes.byteLength,
      className: 'ultralytics.nn.tasks.DetectionModel',
    });
    expect(entries.get('version')).toBe('8.4.117');
    expect(entries.get('train_args')).toEqual(
      new Map<string, unknown>([
        ['task', 'detect'],
        ['imgsz', 320],
        ['lr0', 0.0125],
      ]),
    );
    expect(entries.has('model')).toBe(false);
    expect(model.attributes.get('names')).toEqual(
      new Map([
        [0, 'circle'],
        [1, 'square'],
      ]),
    );
    const second = model.children.get('model')?.children.get('1');
    expect(second?.attributes.get('f')).toEqual([-1, 0]);
    expect([...(second?.attributes.keys() ?? [])].filter((name) => name.startsWith('_'))).toEqual([]);
    expect(second?.children.get('conv')?.parameters.get('bias')).toBeNull();
  });

  it('can write what it read, the same again', async () => {
    const { model } = await openCheckpoint(bytesSource(tinyTrainedCheckpoint()));
    const again = writeCheckpoint({ model: await describeModule(model) });
    expect(Buffer.compare(again, writeCheckpoint({ model: tinyNetwork() }))).toBe(0);
  });

  it('names the weights as torch does, and reads their numbers', async () => {
    const { model } = await openCheckpoint(bytesSource(tinyTrainedCheckpoint()));
    const tensors = new Map(namedTensors(model));
    expect([...tensors.keys()].slice(0, 6)).toEqual([
      'model.0.conv.weight',
      'model.0.bn.weight',
      'model.0.bn.bias',
      'model.0.bn.running_mean',
      'model.0.bn.running_var',
      'model.0.bn.num_batches_tracked',
    ]);
    const weight = tensors.get('model.1.conv.weight');
    expect(weight).toMatchObject({ dtype: 'float16', shape: [4, 8, 1, 1], stride: [8, 1, 1, 1] });
    expect(toFloat32((await weight?.read()) ?? new Uint8Array(), 'float16')).toEqual(eighths(4, 8).values);
    const count = await tensors.get('model.0.bn.num_batches_tracked')?.read();
    expect(toFloat32(count ?? new Uint8Array(), 'int64')).toEqual(Float32Array.of(7));
  });

  it('shares what the file shares', async () => {
    const { model } = await openCheckpoint(bytesSource(tinyTrainedCheckpoint()));
    const layers = model.children.get('model')?.children;
    expect(layers?.get('0')?.children.get('act')).toBe(layers?.get('1')?.children.get('act'));
    expect(layers?.get('0')?.children.get('act')).toBeDefined();
  });

  it('prefers the average of an unfinished training, and leaves its optimizer alone', async () => {
    const optimizer = new Map([['state', new Map([[0, { ...eighths(4), shape: [2 ** 30] }]])]]);
    const bytes = tinyTrainedCheckpoint({ model: null, ema: tinyNetwork(), entries: { epoch: 3, optimizer } });
    const { which, entries } = await openCheckpoint(bytesSource(bytes));
    expect(which).toBe('ema');
    expect([...entries]).toEqual([['epoch', 3]]);
  });

  it('reads no weights to open a file', async () => {
    const heavy = {
      ...tinyNetwork(),
      parameters: { ballast: { dtype: 'float32', shape: [2 ** 22], values: new Float32Array(2 ** 22) } },
    } as const;
    const bytes = writeCheckpoint({ model: heavy });
    let read = 0;
    const source = bytesSource(bytes);
    await openCheckpoint({
      sizeBytes: source.sizeBytes,
      read(offset, length) {
        read += length;
        return source.read(offset, length);
      },
    });
    expect(read).toBeLessThan(bytes.byteLength / 4);
  });
});
