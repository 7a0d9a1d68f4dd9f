import { polygonContains } from '@/lib/engines/geometry/polygon';
import type { Box, ImagePoint } from '@/lib/engines/geometry/shape';
import type { LabelledPixels } from '@/lib/engines/training/augment/augment-objects';
import { boundsOf } from '@/lib/engines/training/augment/convex-region';
import type { Planes } from '@/lib/engines/training/augment/warp-tile';
import type { ObjectLabel } from '@/lib/engines/training/dataset/object-label';

type Shape = { readonly classId: number; readonly outline: readonly number[]; readonly keypoints?: readonly number[] };

/** Colours of shapes by their class; none is another one mixed with black. */
function colourOf(classId: number): readonly [number, number, number] {
  return [255, 10 * (classId + 1), 255 - 10 * (classId + 1)];
}

/** A black image with one shape for each class, so that each can be looked for in what becomes of it. */
export function colouredShapes(width: number, height: number, shapes: readonly Shape[]): LabelledPixels {
  const data = new Uint8Array(3 * width * height);
  for (const { classId, outline } of shapes) {
    const polygon = { rings: [Float32Array.from(outline)] };
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (polygonContains(polygon, { x: x + 0.5, y: y + 0.5 })) data.set(colourOf(classId), 3 * (y * width + x));
      }
    }
  }
  return { image: { width, height, data }, labels: shapes.map((shape) => labelOf(shape, width, height)) };
}

function labelOf({ classId, outline, keypoints }: Shape, width: number, height: number): ObjectLabel {
  const { x1, y1, x2, y2 } = boundsOf(outline);
  const fraction = (value: number, k: number) => value / (k % 2 === 0 ? width : height);
  return {
    classId,
    box: {
      cx: (x1 + x2) / 2 / width,
      cy: (y1 + y2) / 2 / height,
      width: (x2 - x1) / width,
      height: (y2 - y1) / height,
    },
    outline: Float32Array.from(outline, fraction),
    keypoints: keypoints
      ? Float32Array.from(keypoints, (value, k) => (k % 3 === 2 ? value : value / (k % 3 === 0 ? width : height)))
      : null,
  };
}

/** A rectangle that is turned about its middle, as an outline. */
export function turnedRectangle(cx: number, cy: number, width: number, height: number, degrees: number): number[] {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].flatMap(([across, down]) => {
    const x = (across * width) / 2;
    const y = (down * height) / 2;
    return [cx + x * cos - y * sin, cy + x * sin + y * cos];
  });
}

/** The middles of all pixels that have a shape's colour and nothing else mixed in. */
export function pixelsOf({ data, side }: Planes, classId: number): ImagePoint[] {
  const plane = side * side;
  const colour = colourOf(classId).map((level) => level / 255);
  const found: ImagePoint[] = [];
  for (let p = 0; p < plane; p++) {
    const isShape = colour.every((level, channel) => Math.abs(data[p + channel * plane] - level) < 0.005);
    if (isShape) found.push({ x: (p % side) + 0.5, y: Math.floor(p / side) + 0.5 });
  }
  return found;
}

/** The smallest box around whole pixels. */
export function boundsOfPixels(pixels: readonly ImagePoint[]): Box {
  const { x1, y1, x2, y2 } = boundsOf(pixels.flatMap(({ x, y }) => [x, y]));
  return { x1: x1 - 0.5, y1: y1 - 0.5, x2: x2 + 0.5, y2: y2 + 0.5 };
}
