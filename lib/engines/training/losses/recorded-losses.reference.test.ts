import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assert, present } from '@/lib/core/assert';
import type { Size } from '@/lib/engines/geometry/shape';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import { openCheckpoint } from '@/lib/engines/model-files/checkpoint/open-checkpoint';
import { scaling } from '@/lib/engines/training/augment/affine';
import { placeLabels } from '@/lib/engines/training/augment/place-labels';
import { packObjects } from '@/lib/engines/training/batch/pack-objects';
import type { ObjectBatch } from '@/lib/engines/training/batch/training-batch';
import type { KeypointShape } from '@/lib/engines/training/dataset/label-rule';
import type { ObjectLabel, ObjectTask } from '@/lib/engines/training/dataset/object-label';
import { readObjectDataset } from '@/lib/engines/training/dataset/read-object-dataset';
import { diskTree } from '@/lib/engines/training/dataset/test-support/disk-tree';
import { objectLoss } from '@/lib/engines/training/losses/object-loss';
import { objectTargets } from '@/lib/engines/training/losses/object-targets';
import { fieldGains } from '@/lib/engines/training/losses/test-support/oracle-loss';
import { buildTrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import { readParameters } from '@/lib/engines/training/network/read-parameters';
import { createValidationLoss } from '@/lib/engines/training/step/validation-loss';
import { letterboxPlacement } from '@/lib/engines/vision/letterbox';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { letterboxInto } from '@/lib/engines/vision/preprocess';
import { hasReference, referenceJson, referencePath } from '@/lib/engines/vision/test-support/reference-files';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';
import { nodeSessionFactory } from '@/lib/platform/runtime/onnx-node-session';

/** What the package wrote down of the checkpoint when it was trained: validation losses among the metrics. */
type Recorded = { readonly checkpoint: { readonly train_metrics: Readonly<Record<string, number>> } };
type Labelled = { readonly image: PixelImage; readonly labels: readonly ObjectLabel[] };

const side = 320;
const keypointShape: KeypointShape = { count: 5, dims: 3 };

/** Weights were in single precision then, and outlines were drawn by another library. */
const tolerance = 0.003;

/**
 * Images of equal aspect ratio in the order in which NumPy's sorting left them, by their number in the folder: in batches of eight
 * it decides which are together.
 */
const orders: Readonly<Partial<Record<ObjectTask, readonly number[]>>> = {
  obb: [
    1, 2, 5, 4, 7, 11, 9, 8, 14, 29, 21, 30, 26, 18, 3, 13, 6, 27, 22, 12, 28, 25, 19, 17, 31, 23, 0, 10, 15, 16, 20,
    24,
  ],
};

describe.skipIf(!hasReference)('losses of trained networks', () => {
  it.each([
    ['det', 'detect', 16],
    ['seg', 'segment', 16],
    ['pose', 'pose', 16],
    ['obb', 'obb', 8],
  ] as const)('are those that the package recorded: %s', async (suffix, task, batch) => {
    const name = `yolov8n-shapes-${suffix}`;
    const recorded = referenceJson<Recorded>(`checkpoints-json/${name}.json`).checkpoint.train_metrics;
    const checkpoint = await openCheckpoint(bytesSource(readFileSync(referencePath(`models/${name}.pt`))));
    const images = await labelledImages(suffix, task);
    const sums = new Map<string, number>();
    for (let start = 0; start < images.length; start += batch) {
      const losses = await batchLosses(checkpoint, task, images.slice(start, start + batch));
      for (const [item, loss] of losses) sums.set(item, (sums.get(item) ?? 0) + loss / (images.length / batch));
    }
    const found = Array.from(sums, ([item, loss]) => ({ item, loss, recorded: recorded[`val/${item}`] }));
    expect(found.filter((each) => !(Math.abs(each.loss / each.recorded - 1) < tolerance))).toEqual([]);
  });
});

/** In the order of their aspects, as rectangular batches have them. */
async function labelledImages(suffix: string, task: ObjectTask): Promise<readonly Labelled[]> {
  const dataset = await readObjectDataset(diskTree(referencePath('datasets')), `/shapes-${suffix}.yaml`, {
    task,
    splits: ['val'],
  });
  const images: Labelled[] = [];
  for (const { path, labels } of present(dataset.splits.get('val'), 'images to validate with')) {
    const image = await decodeImageFile(new Uint8Array(readFileSync(referencePath(`datasets${path}`))));
    images.push({ image, labels });
  }
  return orders[task]?.map((index) => images[index]) ?? images.sort((one, other) => aspect(one) - aspect(other));
}

async function batchLosses(checkpoint: Checkpoint, task: ObjectTask, images: readonly Labelled[]) {
  const input = rectangleOf(images);
  const network = await buildTrainingNetwork(checkpoint, {
    imgsz: [input.height, input.width],
    batch: images.length,
    normalisedBy: 'running',
  });
  const { graph, raw } = network;
  assert(raw.task !== 'classify', 'a network of objects');
  const keypoints = task === 'pose' ? keypointShape : null;
  const loss = objectLoss(graph, raw, objectTargets(graph, raw, { image: input, keypoints }), fieldGains);
  const validation = await createValidationLoss(network, loss, nodeSessionFactory({ threads: 2 }));
  const losses = await validation.run(batchOf(task, images, input), await readParameters(checkpoint, network.layout));
  await validation.dispose();
  return loss.items.map(({ name }, index) => [name, losses[index]] as const);
}

/** The smallest rectangle for a batch: as the package has it, with up to half a stride around the images. */
function rectangleOf(images: readonly Labelled[]): Size {
  const aspects = images.map(aspect);
  const [smallest, largest] = [Math.min(...aspects), Math.max(...aspects)];
  const upToStride = (length: number) => Math.ceil(length / 32 + 0.5) * 32;
  return {
    width: upToStride(smallest > 1 ? side / smallest : side),
    height: upToStride(largest < 1 ? side * largest : side),
  };
}

function batchOf(task: ObjectTask, images: readonly Labelled[], input: Size): ObjectBatch {
  const length = 3 * input.width * input.height;
  const pixels = new Float32Array(images.length * length);
  const objects = images.map(({ image, labels }, index) => {
    const { resized } = letterboxPlacement(image, { width: side, height: side }, { auto: false, stride: 32 });
    const placement = letterboxPlacement(resized, input, { auto: false, stride: 32, scaleUp: false });
    letterboxInto(pixels.subarray(index * length, (index + 1) * length), image, placement);
    const [x1, y1] = [placement.left, placement.top];
    const frame = { x1, y1, x2: x1 + resized.width, y2: y1 + resized.height };
    const imgsz = Math.max(input.width, input.height);
    return placeLabels(labels, {
      task,
      frame,
      visible: frame,
      map: scaling(1, 1, 0, 0),
      scale: 1,
      imgsz,
      flipIndices: null,
    });
  });
  return packObjects({ task, images: pixels, input, objects, keypointCount: keypointShape.count });
}

function aspect({ image }: Labelled): number {
  return image.height / image.width;
}
