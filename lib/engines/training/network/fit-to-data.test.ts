import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { convertCheckpoint } from '@/lib/engines/architecture/convert-checkpoint';
import { optionalChild } from '@/lib/engines/architecture/module-builder';
import { familyCheckpoint, familyNamed } from '@/lib/engines/architecture/test-support/module-trees/families';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { toFloat32 } from '@/lib/engines/model-files/checkpoint/to-float32';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { type DataFacts, fitToData } from '@/lib/engines/training/network/fit-to-data';

const data: DataFacts = {
  task: 'detect',
  names: ['a', 'b', 'c', 'd', 'e'],
  keypoints: null,
  source: 'letters.yaml',
  imgsz: 96,
  seed: 1,
};

function tensorOf({ model }: Checkpoint, owner: string, name: string) {
  return present(optionalChild(model, owner)?.parameters.get(name), `${owner}.${name}`);
}

describe('a checkpoint for other data', () => {
  it.each(['yolov8n', 'yolo11n', 'yolov10n'])('of a %s has new last class layers, and the rest', async (name) => {
    const before = familyCheckpoint(familyNamed(name));
    const after = await fitToData(before, data);
    const head = `model.${(before.model.children.get('model')?.children.size ?? 0) - 1}`;
    const { raw } = await buildTrainingNetwork(after, { imgsz: 64, batch: 2 });
    expect(raw.task === 'detect' && raw.scores.shape[1]).toBe(5);
    expect(tensorOf(after, `${head}.cv2.0.2`, 'weight')).toBe(tensorOf(before, `${head}.cv2.0.2`, 'weight'));
    expect(tensorOf(after, 'model.0.conv', 'weight')).toBe(tensorOf(before, 'model.0.conv', 'weight'));
    const bias = tensorOf(after, `${head}.cv3.1.2`, 'bias');
    const values = toFloat32(await bias.read(), bias.dtype);
    expect(values).toEqual(new Float32Array(5).fill(Math.log(5 / 5 / (640 / 16) ** 2)));
    const { metadata } = await convertCheckpoint(after, { endToEnd: false });
    expect(metadata).toMatchObject({
      names: "{0: 'a', 1: 'b', 2: 'c', 3: 'd', 4: 'e'}",
      imgsz: '[96, 96]',
      license: 'AGPL-3.0 License (https://ultralytics.com/license)',
      description: expect.stringContaining('trained on letters.yaml'),
    });
  });

  it('keeps its last layers where the number of classes is the same', async () => {
    const before = familyCheckpoint(familyNamed('yolov8n'));
    const after = await fitToData(before, { ...data, names: ['x', 'y', 'z'] });
    expect(tensorOf(after, 'model.22.cv3.0.2', 'weight')).toBe(tensorOf(before, 'model.22.cv3.0.2', 'weight'));
    expect((await convertCheckpoint(after)).metadata.names).toBe("{0: 'x', 1: 'y', 2: 'z'}");
  });

  it('has other keypoints', async () => {
    const keypoints = { count: 4, dims: 2, names: ['n', 'e', 's', 'w'] } as const;
    const after = await fitToData(familyCheckpoint(familyNamed('yolov8n-pose')), { ...data, task: 'pose', keypoints });
    const { raw } = await buildTrainingNetwork(after, { imgsz: 64, batch: 2 });
    expect(raw.task === 'pose' && raw.extras?.shape[1]).toBe(8);
    const { metadata } = await convertCheckpoint(after);
    expect(metadata).toMatchObject({ kpt_shape: '[4, 2]', kpt_names: "{0: ['n', 'e', 's', 'w']}" });
  });

  it('classifies other classes', async () => {
    const after = await fitToData(familyCheckpoint(familyNamed('yolov8n-cls')), {
      ...data,
      task: 'classify',
      names: ['a', 'b'],
    });
    const { raw } = await buildTrainingNetwork(after, { imgsz: 64, batch: 2 });
    expect(raw.task === 'classify' && raw.logits.shape).toEqual([2, 2]);
  });

  it('is not made of one for another task', async () => {
    const fitting = fitToData(familyCheckpoint(familyNamed('yolov8n-seg')), data);
    await expect(fitting).rejects.toMatchObject({
      code: 'input-invalid',
      found: 'The data is for the task detect, and the checkpoint is for segment.',
    });
  });
});
