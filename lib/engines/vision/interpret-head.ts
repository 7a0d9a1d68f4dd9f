import { assert } from '@/lib/core/assert';
import type { Size } from '@/lib/engines/geometry/shape';
import type { Head, ModelSpec } from '@/lib/engines/model-files/model-facts';
import { classLogitsToImage, classMapToImage, stretchMap } from '@/lib/engines/vision/dense-maps';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import { type DetectionLayout, floatData, unreadableOutput } from '@/lib/engines/vision/head-table';
import { type DetectionHead, interpretDetections, namesUpTo } from '@/lib/engines/vision/interpret-detections';
import type { MaskCache } from '@/lib/engines/vision/mask-cache';
import type { MaskGrid } from '@/lib/engines/vision/masks';
import type { DetectionTask, Thresholds, VisionResult } from '@/lib/engines/vision/vision-result';

/**
 * Turns what the network answered for one image into the result in image pixels. Pure and quick: call it again with other
 * thresholds or another reading instead of running the network again; with the same `cache`, masks and best
 * classes are computed once.
 *
 * Throws a `Fault` (`model-unreadable-output`) when the output does not have the shape the reading says.
 */
export function interpretHead(
  spec: ModelSpec,
  output: HeadOutput,
  thresholds: Thresholds,
  cache: MaskCache | null = null,
  maskGrid: MaskGrid = 'network',
): VisionResult {
  const { head } = spec;
  const owner = { spec, output, grid: maskGrid };
  switch (head.layout) {
    case 'anchors':
    case 'anchors-transposed':
    case 'anchors-objectness':
    case 'rows':
      return interpretDetections(spec, detectionHead(head, head.layout), output, thresholds, {
        maskGrid,
        bests: (compute) => cache?.bests(owner, compute) ?? null,
        mask: (row, compute) => (cache ? cache.mask(owner, row, compute) : compute()),
      });
    case 'classes':
      return interpretClasses(spec, output);
    case 'class-map':
      return interpretClassMap(spec, output);
    case 'class-logits':
      return interpretClassLogits(spec, output);
    case 'depth-map':
      return interpretDepth(spec, output);
  }
}

function detectionHead(head: Head, layout: DetectionLayout): DetectionHead {
  const { task } = head;
  assert(isDetectionTask(task), `a ${layout} head answers boxes, not ${task}`);
  return { ...head, task, layout };
}

function isDetectionTask(task: Head['task']): task is DetectionTask {
  return task === 'detect' || task === 'segment' || task === 'pose' || task === 'obb';
}

function interpretClasses(spec: ModelSpec, { main, placement }: HeadOutput): VisionResult {
  const { classCount } = spec.head;
  if (main.dims.length !== 1 || (classCount !== null && main.dims[0] !== classCount)) {
    throw unreadableOutput(`[${classCount ?? 'classes'}]`, main.dims);
  }
  const probabilities = floatData(main).slice();
  return {
    task: 'classify',
    image: placement.image,
    names: namesUpTo(spec.names, probabilities.length),
    probabilities,
  };
}

function interpretClassMap(spec: ModelSpec, { main, placement }: HeadOutput): VisionResult {
  if (main.dims.length !== 2) throw unreadableOutput('[height, width]', main.dims);
  const classCount = spec.head.classCount ?? largest(main.data) + 1;
  return {
    task: 'semantic',
    image: placement.image,
    names: namesUpTo(spec.names, classCount),
    classMap: classMapToImage(main.data, gridOf(main.dims), placement.image, classCount),
  };
}

function interpretClassLogits(spec: ModelSpec, { main, placement }: HeadOutput): VisionResult {
  const [channels, ...grid] = main.dims;
  const { classCount } = spec.head;
  if (main.dims.length !== 3 || (classCount !== null && channels !== classCount)) {
    throw unreadableOutput(`[${classCount ?? 'classes'}, height, width]`, main.dims);
  }
  return {
    task: 'semantic',
    image: placement.image,
    names: namesUpTo(spec.names, Math.max(2, channels)),
    classMap: classLogitsToImage(floatData(main), channels, gridOf(grid), placement.image),
  };
}

/** The map is first brought to the input's size where the network answers a smaller one, as the package does. */
function interpretDepth(spec: ModelSpec, { main, placement }: HeadOutput): VisionResult {
  const [channels, ...grid] = main.dims;
  if (main.dims.length !== 3 || channels !== 1) throw unreadableOutput('[1, height, width]', main.dims);
  const full = stretchMap(floatData(main), gridOf(grid), placement.input);
  const depth = stretchMap(full, placement.input, placement.image);
  return { task: 'depth', image: placement.image, names: spec.names, depth, range: rangeOf(depth) };
}

function gridOf([height, width]: readonly number[]): Size {
  return { width, height };
}

/** Least and greatest finite value; 0 and 0 when there is none. */
function rangeOf(values: Float32Array): { min: number; max: number } {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]);
  return most;
}
