import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { present } from '@/lib/core/assert';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import { hasReference, referenceJson, referencePath } from '@/lib/engines/vision/test-support/reference-files';

type RecordedTensors = {
  readonly tensors: readonly { readonly name: string; readonly first: readonly number[] }[];
};

/** Statistics, counters, and the distances of a DFL, which no training changes. */
const notTrained = /running_(mean|var)$|num_batches_tracked$|\.dfl\.conv\.weight$/;

const files = [
  ['yolov8n-shapes-det', 'detect'],
  ['yolov8n-shapes-seg', 'segment'],
  ['yolov8n-shapes-pose', 'pose'],
  ['yolov8n-shapes-obb', 'obb'],
  ['yolov8n-shapes-cls', 'classify'],
  ['yolo11n-shapes-det', 'detect'],
  ['yolo26n-random', 'detect'],
] as const;

describe.skipIf(!hasReference)('the reference checkpoints', () => {
  it.each(files)('%s is built for training with every parameter that its file has', async (name, task) => {
    const checkpoint = await openCheckpoint(bytesSource(readFileSync(referencePath(`models/${name}.pt`))));
    const { raw, layout } = await buildTrainingNetwork(checkpoint, { imgsz: 64, batch: 2 });
    expect(raw.task).toBe(task);
    const { tensors } = referenceJson<RecordedTensors>(`checkpoints-json/${name}.json`);
    const expected = tensors.filter((tensor) => !notTrained.test(tensor.name));
    expect(layout.parameters.map((parameter) => parameter.name).sort()).toEqual(
      expected.map((tensor) => tensor.name).sort(),
    );
    const { parameters } = await readParameters(checkpoint, layout);
    for (const { name: tensor, first } of expected) {
      const { offset } = present(
        layout.parameters.find((parameter) => parameter.name === tensor),
        tensor,
      );
      expect([...parameters.subarray(offset, offset + first.length)], tensor).toEqual(first);
    }
  });
});
