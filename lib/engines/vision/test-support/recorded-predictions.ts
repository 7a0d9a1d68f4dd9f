import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { present } from '@/lib/core/assert';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import { interpretHead } from '@/lib/engines/vision/interpret-head';
import { createMaskCache } from '@/lib/engines/vision/mask-cache';
import { createPredictor, type Prediction } from '@/lib/engines/vision/predictor';
import type { VisionSession } from '@/lib/engines/vision/session';
import {
  hasReference,
  referenceFloats,
  referenceJson,
  referencePath,
  referencePixels,
} from '@/lib/engines/vision/test-support/reference-files';
import { type Detection, defaultThresholds, type InstanceMask } from '@/lib/engines/vision/vision-result';
import { decodeImageFile } from '@/lib/platform/images/sharp-decoder';

/** A model ready to answer, and how its outputs are to be read. */
export type OpenModel = { readonly spec: ModelSpec; readonly session: VisionSession };

export type ReferenceResult = {
  readonly image: string;
  readonly conf: number;
  readonly iou: number;
  readonly input_shape: readonly number[];
  readonly input_file: string;
  /** x1 y1 x2 y2 score class, or x y w h angle score class for oriented boxes. */
  readonly boxes_data?: number[][];
  readonly obb_data?: number[][];
  readonly keypoints_data?: number[][][];
  readonly probs?: number[];
  readonly masks_xy?: number[][][];
  readonly masks_file?: string;
};

/** Largest differences that contracts allow: pixels, score, share of overlapping mask. */
export type Tolerance = { readonly pixels: number; readonly score: number; readonly maskIou: number };

export const sameTensor: Tolerance = { pixels: 0.05, score: 1e-4, maskIou: 0.99 };
/**
 * Half precision rounds once more within the runtime, and processors with other instructions round elsewhere: one step of a
 * half is 0.25 px between 256 and 512, and 0.0005 of a score above a half.
 */
export const sameTensorInHalves: Tolerance = { pixels: 0.25, score: 5e-4, maskIou: 0.99 };
export const sameImage: Tolerance = { pixels: 1, score: 0.02, maskIou: 0.98 };

/** Names of the recorded answers of a folder. */
export function recordedImages(folder: string): string[] {
  if (!hasReference) return ['(absent)'];
  return readdirSync(referencePath(`reference/${folder}`)).filter((name) => name.endsWith('.json'));
}

/** The record of one image in a folder. */
export function recordOf(folder: string, name: string): ReferenceResult {
  return referenceJson<ReferenceResult>(`reference/${folder}/${name}`);
}

/** Predicts the image of a reference; with a tensor, that very tensor is fed to the network in place of our own. */
export async function predictRecorded(
  { spec, session }: OpenModel,
  reference: ReferenceResult,
  tensor: Float32Array | null,
): Promise<Prediction> {
  const feeds = tensor && {
    [spec.input.name]: { type: 'float32' as const, data: tensor, dims: reference.input_shape },
  };
  const fed: VisionSession = feeds ? { ...session, run: () => session.run(feeds) } : session;
  const image = await decodeImageFile(new Uint8Array(readFileSync(referencePath(`images/${reference.image}`))));
  const thresholds = { ...defaultThresholds, conf: reference.conf, iou: reference.iou };
  const [prediction] = await createPredictor(fed, spec).predict([image], { imgsz: null, thresholds });
  return prediction;
}

/** The recorded input of the network, [1, 3, height, width] in 0…1. */
export async function recordedTensor({ input_file }: ReferenceResult): Promise<Float32Array> {
  if (!input_file.endsWith('.png')) return referenceFloats(`reference/${input_file}`);
  const { data, width, height } = await referencePixels(`reference/${input_file}`);
  const area = width * height;
  return Float32Array.from({ length: 3 * area }, (_, k) => data[3 * (k % area) + Math.floor(k / area)] / 255);
}

/** Expects a prediction to be the recorded one of its folder. */
export async function expectAlike(
  { spec }: OpenModel,
  prediction: Prediction,
  reference: ReferenceResult,
  folder: string,
  tolerance: Tolerance,
): Promise<void> {
  const onImage = folder.includes('retina');
  const thresholds = { ...defaultThresholds, conf: reference.conf, iou: reference.iou };
  const result = onImage
    ? interpretHead(spec, prediction.output, thresholds, createMaskCache(), 'image')
    : prediction.result;
  if (result.task === 'classify') {
    expectClose(Array.from(result.probabilities), present(reference.probs, 'recorded probabilities'), tolerance.score);
    return;
  }
  if (result.task === 'semantic' || result.task === 'depth') throw new Error(`No ${result.task} model is recorded`);

  const expected = present(reference.obb_data ?? reference.boxes_data, 'recorded boxes');
  // A random network answers scores right at the threshold, which half precision moves across it.
  const isBorderline = folder.startsWith('yolo26n-random') && tolerance !== sameTensor;
  const found = isBorderline ? result.detections.slice(0, 3) : result.detections;
  expect(found.map(({ classId }) => classId)).toEqual(
    expected.slice(0, isBorderline ? 3 : undefined).map((row) => row.at(-1)),
  );
  found.forEach((detection, i) => {
    expectClose(geometryOf(detection), expected[i].slice(0, -2), tolerance.pixels);
    expectClose([detection.score], expected[i].slice(-2, -1), tolerance.score);
    if (!reference.keypoints_data) return;
    const keypoints = present(detection.keypoints, 'keypoints');
    const recorded = reference.keypoints_data[i];
    expectClose(
      keypoints.flatMap(({ x, y }) => [x, y]),
      recorded.flatMap((point) => point.slice(0, 2)),
      tolerance.pixels,
    );
    expectClose(
      keypoints.map(({ visibility }) => visibility ?? Number.NaN),
      recorded.map((point) => point[2]),
      tolerance.score,
    );
  });
  if (reference.masks_file) await expectMasks(result.detections, reference, folder, tolerance);
}

async function expectMasks(
  detections: readonly Detection[],
  reference: ReferenceResult,
  folder: string,
  tolerance: Tolerance,
): Promise<void> {
  const recorded = await referencePixels(`reference/${folder}/${reference.masks_file}`);
  const height = recorded.height / detections.length;
  detections.forEach((detection, i) => {
    const mask = present(detection.mask, 'the mask of a segment detection');
    let both = 0;
    let either = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < recorded.width; x++) {
        const isRecorded = recorded.data[3 * ((i * height + y) * recorded.width + x)] > 0;
        const isFound = maskBit(mask, x, y);
        if (isRecorded && isFound) both++;
        if (isRecorded || isFound) either++;
      }
    }
    expect(both / either, `IoU of mask ${i}`).toBeGreaterThanOrEqual(tolerance.maskIou);
    if (tolerance === sameTensor) {
      expect(Array.from(mask.segment), 'the joined outline').toEqual(reference.masks_xy?.[i].flat());
    }
  });
}

function maskBit({ left, top, width, height, bits }: InstanceMask, x: number, y: number): boolean {
  const isInside = x >= left && y >= top && x < left + width && y < top + height;
  return isInside && bits[(y - top) * width + (x - left)] === 1;
}

function geometryOf({ oriented, box }: Detection): number[] {
  if (!oriented) return [box.x1, box.y1, box.x2, box.y2];
  return [oriented.cx, oriented.cy, oriented.width, oriented.height, oriented.angle];
}

function expectClose(found: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(found).toHaveLength(expected.length);
  const worst = Math.max(0, ...found.map((value, k) => Math.abs(value - expected[k])));
  expect(worst, `largest difference of [${found}] from [${expected}]`).toBeLessThanOrEqual(tolerance);
}
