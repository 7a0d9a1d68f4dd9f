import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import { hasReference, referencePath } from '@/lib/engines/vision/test-support/reference-files';

/** What each file was saved with, counted by the package: its parameters without the 16 distances of a DFL, which are fixed. */
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
    const { parameters, statistics } = await readParameters(checkpoint, layout);
    console.log(name, layout.parameterCount, layout.norms.length);
    expect(parameters.some((number) => number !== 0)).toBe(true);
    expect(statistics.some((number) => number !== 0)).toBe(true);
  });
});
