import type { Size } from '@/lib/engines/geometry/shape';
import type { JsonValue } from '@/lib/engines/vision/dialects/dialect';
import { packageRgb } from '@/lib/engines/vision/dialects/package-palette';
import { base64 } from '@/lib/engines/vision/exports/base64';
import { rasterMask, stampMask } from '@/lib/engines/vision/exports/mask-raster';
import { encodePng } from '@/lib/engines/vision/exports/png';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

/** Opacity 0–255 of a mask in the overlay: the package's one half. */
const maskAlpha = 128;

/** The package's id for background and filtered pixels. */
const noClass = 65535;

/** All instance masks in their class colours, translucent, on a clear ground; null when there are none. */
export function instanceOverlay({
  image,
  detections,
}: {
  readonly image: Size;
  readonly detections: readonly Detection[];
}): JsonValue {
  if (detections.every(({ mask }) => mask === null)) return null;
  const data = new Uint8Array(image.width * image.height * 4);
  // Weakest first, so that the surest detection lies on top.
  for (const { mask, classId } of [...detections].reverse()) {
    if (mask) stampMask(data, image, rasterMask(mask, image), [...packageRgb(classId), maskAlpha]);
  }
  return rgbaImage(data, image);
}

/** Every pixel in the colour of its class, translucent. */
export function semanticOverlay({ image, classMap }: Extract<VisionResult, { task: 'semantic' }>): JsonValue {
  const data = new Uint8Array(image.width * image.height * 4);
  for (let pixel = 0; pixel < classMap.length; pixel++) {
    const classId = classMap[pixel] as number;
    if (classId !== noClass) paintPixel(data, pixel, packageRgb(classId), maskAlpha);
  }
  return rgbaImage(data, image);
}

/** The class id of every pixel, as a 16-bit grey PNG. */
export function semanticIds({ image, classMap }: Extract<VisionResult, { task: 'semantic' }>): JsonValue {
  const { width, height } = image;
  const png = encodePng({ kind: 'grey16', width, height, data: Uint16Array.from(classMap) });
  return { shape: [height, width], encoding: 'png', data: base64(png) };
}

/** Depth in the classic rainbow, near red and far blue, by inverse depth between the nearest and the farthest pixel. */
export function depthOverlay({ image, depth, range }: Extract<VisionResult, { task: 'depth' }>): JsonValue {
  const data = new Uint8Array(image.width * image.height * 4);
  const nearest = 1 / Math.max(range.min, Number.EPSILON);
  const farthest = 1 / Math.max(range.max, Number.EPSILON);
  const span = nearest - farthest || 1;
  for (let pixel = 0; pixel < depth.length; pixel++) {
    const metres = depth[pixel] as number;
    const closeness = metres > 0 ? (1 / metres - farthest) / span : 0;
    paintPixel(data, pixel, rainbow(Math.min(1, Math.max(0, closeness))), 0xff);
  }
  return rgbaImage(data, image);
}

/** The “jet” ramp: three trapezoids, blue at 0, green in the middle, red at 1. */
function rainbow(position: number): [number, number, number] {
  const trapezoid = (centre: number): number =>
    Math.round(255 * Math.min(1, Math.max(0, 1.5 - Math.abs(4 * position - centre))));
  return [trapezoid(3), trapezoid(2), trapezoid(1)];
}

function paintPixel(
  data: Uint8Array,
  pixel: number,
  [red, green, blue]: readonly [number, number, number],
  alpha: number,
): void {
  data[4 * pixel] = red;
  data[4 * pixel + 1] = green;
  data[4 * pixel + 2] = blue;
  data[4 * pixel + 3] = alpha;
}

function rgbaImage(data: Uint8Array, { width, height }: Size): JsonValue {
  return {
    shape: [height, width, 4],
    encoding: 'png',
    data: base64(encodePng({ kind: 'rgba8', width, height, data })),
  };
}
