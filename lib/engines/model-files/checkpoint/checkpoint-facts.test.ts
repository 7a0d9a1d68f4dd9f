import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { type CheckpointFacts, readCheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import type {
  ModuleDescription,
  PicklableValue,
} from '@/lib/engines/model-files/checkpoint/test-support/checkpoint-pickler';
import { tinyEntries, tinyNetwork } from '@/lib/engines/model-files/checkpoint/test-support/tiny-checkpoint';
import { writeCheckpoint } from '@/lib/engines/model-files/checkpoint/test-support/write-checkpoint';

function dictionary(entries: Readonly<Record<string, PicklableValue>>): ReadonlyMap<PicklableValue, PicklableValue> {
  return new Map(Object.entries(entries));
}

async function factsOf(
  model: Partial<ModuleDescription>,
  entries: Readonly<Record<string, PicklableValue>> = {},
): Promise<CheckpointFacts> {
  const bytes = writeCheckpoint({ model: { ...tinyNetwork(), ...model }, entries });
  return readCheckpointFacts(await openCheckpoint(bytesSource(bytes)));
}

describe('what a checkpoint says about its model', () => {
  it('is read from a file of finished training', async () => {
    expect(await factsOf({}, tinyEntries)).toEqual({
      task: 'detect',
      names: new Map([
        [0, 'circle'],
        [1, 'square'],
      ]),
      classCount: 2,
      imageSize: { height: 320, width: 320 },
      stride: 32,
      channels: 3,
      keypoints: null,
      yamlFile: 'yolov8n.yaml',
      scale: 'n',
      version: '8.4.117',
      date: '2026-01-02T03:04:05.678901+00:00',
      license: 'AGPL-3.0 (https://ultralytics.com/license)',
      docs: 'https://docs.ultralytics.com',
    });
  });

  it.each([
    ['model.task', { task: 'pose', args: dictionary({ task: 'detect' }) }, 'pose'],
    ['the settings of the model', { args: dictionary({ task: 'obb' }) }, 'obb'],
    [
      'settings kept as an object',
      { args: { objectOf: 'ultralytics.utils.IterableSimpleNamespace', attributes: { task: 'segment' } } },
      'segment',
    ],
    ['the class', { args: dictionary({ task: 'juggle' }) }, 'detect'],
  ] as const)('takes the task from %s', async (_, attributes, task) => {
    expect((await factsOf({ attributes })).task).toBe(task);
  });

  it('takes the task from the training arguments where the model has none', async () => {
    const facts = await factsOf(
      { attributes: {} },
      { train_args: dictionary({ task: 'semantic', imgsz: [320, 640] }) },
    );
    expect(facts).toMatchObject({ task: 'semantic', imageSize: { height: 320, width: 640 } });
  });

  it('takes the size of a classification model from how it prepares images', async () => {
    const resize = { objectOf: 'torchvision.transforms.transforms.Resize', attributes: { size: 96 } };
    const compose = { objectOf: 'torchvision.transforms.transforms.Compose', attributes: { transforms: [resize] } };
    const className = 'ultralytics.nn.tasks.ClassificationModel';
    const facts = await factsOf(
      { className, attributes: { transforms: compose } },
      { train_args: dictionary({ imgsz: 64 }) },
    );
    expect(facts).toMatchObject({ task: 'classify', imageSize: { height: 96, width: 96 } });
    expect((await factsOf({ className, attributes: {} })).imageSize).toEqual({ height: 224, width: 224 });
  });

  it('reads keypoints', async () => {
    const names = new Map<PicklableValue, PicklableValue>([[0, ['nose', 'tail']]]);
    const facts = await factsOf({ attributes: { kpt_shape: [2, 3], kpt_names: names } });
    expect(facts.keypoints).toEqual({ count: 2, dims: 3, names: ['nose', 'tail'] });
  });

  it('believes nothing impossible', async () => {
    const attributes = {
      names: new Map<PicklableValue, PicklableValue>([[2 ** 40, 'far']]),
      nc: 2 ** 40,
      stride: { dtype: 'float32', shape: [2], values: Float32Array.of(Number.NaN, 2 ** 30) },
      args: dictionary({ imgsz: 2 ** 40 }),
      kpt_shape: [2 ** 40, 3],
    } as const;
    expect(await factsOf({ attributes })).toMatchObject({
      names: new Map(),
      classCount: null,
      stride: 32,
      imageSize: { height: 640, width: 640 },
      keypoints: null,
    });
  });
});
