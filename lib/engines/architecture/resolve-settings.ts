import { Fault } from '@/lib/core/fault';
import {
  type ConvertOptions,
  type ConvertSettings,
  convertLimits,
  type EmbeddedNms,
} from '@/lib/engines/architecture/convert-options';
import { newestOpset, oldestOpset } from '@/lib/engines/graph/graph-builder';
import type { CheckpointFacts } from '@/lib/engines/model-files/checkpoint/checkpoint-facts';

/** Every network of the family halves its input five times; classifiers say 1, because nobody decodes their grid. */
const leastStride = 32;

/** Pixels that the sides of an input are multiples of: one step on the coarsest map. */
export function inputStride({ stride }: CheckpointFacts): number {
  return Math.max(stride, leastStride);
}

/**
 * Fills the options in from what the checkpoint says and checks them. Sides are rounded up to whole multiples of the stride, as
 * the package does. Throws a `Fault` (`input-invalid`) that names the first option out of its range.
 */
export function resolveSettings(facts: CheckpointFacts, options: ConvertOptions): ConvertSettings {
  const { imgsz, dynamic = false, batch = 1, half = false, nms = null, endToEnd = null, opset = 17 } = options;
  const { height, width } = imgsz === undefined ? facts.imageSize : sidesOf(imgsz);
  const sides = [roundUp(height, inputStride(facts)), roundUp(width, inputStride(facts))] as const;
  for (const side of [height, width, ...sides]) checkWhole('The image size', side, 1, convertLimits.side);
  checkWhole('The batch size', batch, 1, convertLimits.batch);
  checkWhole('The opset', opset, oldestOpset, newestOpset);
  if (nms !== null) checkNms(nms);
  return { imgsz: sides, dynamic, batch, half, nms, endToEnd, opset };
}

function roundUp(side: number, unit: number): number {
  return Math.ceil(side / unit) * unit;
}

function checkNms({ conf, iou, maxDetections }: EmbeddedNms): void {
  for (const [name, value] of Object.entries({ conf, iou })) {
    if (!(value >= 0 && value <= 1)) throw outOfRange(`NMS’s ${name}`, 'a number from 0 to 1', value);
  }
  checkWhole('NMS’s number of detections', maxDetections, 1, convertLimits.rows);
}

function checkWhole(what: string, value: number, least: number, most: number): void {
  const isInRange = Number.isInteger(value) && value >= least && value <= most;
  if (!isInRange) throw outOfRange(what, `a whole number from ${least} to ${most}`, value);
}

function outOfRange(what: string, range: string, value: number): Fault {
  return new Fault({
    code: 'input-invalid',
    found: `${what} is ${range}, and ${value} was given.`,
    remedy: 'Choose another value.',
  });
}

function sidesOf(size: number | readonly [number, number]): CheckpointFacts['imageSize'] {
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  return { height, width };
}
