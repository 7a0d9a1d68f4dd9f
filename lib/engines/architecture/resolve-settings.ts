import { Fault } from '@/lib/core/fault';
import type { ConvertOptions, ConvertSettings, EmbeddedNms } from '@/lib/engines/architecture/convert-options';
import { newestOpset, oldestOpset } from '@/lib/engines/graph/graph-builder';
import type { Checkpoint, CheckpointValue } from '@/lib/engines/model-files/checkpoint/checkpoint';

/** Far beyond what anyone trains or runs; larger numbers come from a slip of the keyboard or a damaged file. */
const maxSide = 8192;
const maxBatch = 256;
const maxRows = 30_000;

/** What the package assumes for files that do not say what they were trained at. */
const usualSides: Readonly<Record<string, number>> = { ClassificationModel: 224 };
const usualSide = 640;

/**
 * Fills the options in from the checkpoint and checks them. Sides are rounded up to whole multiples of the `stride`, as the
 * package does. Throws a `Fault` (`input-invalid`) that names the first option out of its range.
 */
export function resolveSettings(checkpoint: Checkpoint, options: ConvertOptions, stride: number): ConvertSettings {
  const { imgsz, dynamic = false, batch = 1, half = false, nms = null, endToEnd = null, opset = 17 } = options;
  const [height, width] = sidesOf(imgsz ?? trainedSize(checkpoint));
  checkWhole('The image size', height, 1, maxSide);
  checkWhole('The image size', width, 1, maxSide);
  checkWhole('The batch size', batch, 1, maxBatch);
  checkWhole('The opset', opset, oldestOpset, newestOpset);
  if (nms !== null) checkNms(nms);
  const roundUp = (side: number) => Math.ceil(side / stride) * stride;
  return { imgsz: [roundUp(height), roundUp(width)], dynamic, batch, half, nms, endToEnd, opset };
}

function checkNms({ conf, iou, maxDetections }: EmbeddedNms): void {
  for (const [name, value] of Object.entries({ conf, iou })) {
    if (!(value >= 0 && value <= 1)) throw outOfRange(`NMS’s ${name}`, 'a number from 0 to 1', value);
  }
  checkWhole('NMS’s number of detections', maxDetections, 1, maxRows);
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

function sidesOf(size: number | readonly [number, number]): readonly [number, number] {
  return typeof size === 'number' ? [size, size] : size;
}

/** The image size of the training, from the network's own settings or those beside it; what is no size is passed over. */
function trainedSize({ model, entries }: Checkpoint): number | readonly [number, number] {
  const className = model.className.slice(model.className.lastIndexOf('.') + 1);
  const recorded = [model.attributes.get('args'), entries.get('train_args')].map((settings) => sizeIn(settings));
  return recorded.find((size) => size !== null) ?? usualSides[className] ?? usualSide;
}

function sizeIn(settings: CheckpointValue | undefined): number | readonly [number, number] | null {
  const size = entryOf(settings, 'imgsz');
  if (isSide(size)) return size;
  if (!Array.isArray(size)) return null;
  const [height, width = height] = size;
  return isSide(height) && isSide(width) ? [height, width] : null;
}

/** A setting out of a dictionary, or out of the namespace object that unfinished trainings keep. */
function entryOf(settings: CheckpointValue | undefined, name: string): CheckpointValue | undefined {
  if (typeof settings !== 'object' || settings === null) return undefined;
  if (settings instanceof Map) return settings.get(name);
  return 'kind' in settings && settings.kind === 'object' ? settings.attributes.get(name) : undefined;
}

function isSide(value: CheckpointValue | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maxSide;
}
