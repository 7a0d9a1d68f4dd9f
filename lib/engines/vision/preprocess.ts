import { assert } from '@/lib/core/assert';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import { classifyTransform } from '@/lib/engines/vision/classify-transform';
import type { Placement } from '@/lib/engines/vision/head-output';
import { networkPlacement } from '@/lib/engines/vision/letterbox';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { plainBytes } from '@/lib/engines/vision/plain-bytes';
import { resizeIntoPlanes, unitLevels } from '@/lib/engines/vision/resize-into-planes';

export type NetworkInput = {
  /** RGB planes, rows from the top, 0–1. */
  readonly data: Float32Array;
  readonly dims: readonly [1, 3, number, number];
  readonly placement: Placement;
};

/** Gray level around a letterboxed image, as the package trains with. */
const paddingLevel = 114;

/**
 * Turns an image into the tensor a network expects: resized and placed by the rules of its task (see `networkPlacement`),
 * RGB planes [1, 3, H, W], divided by 255. Rows go straight from the resizer into the planes.
 *
 * `into`, when it has exactly 3 × H × W elements, is filled and returned as `data`, so that video allocates nothing.
 */
export function preprocess(
  image: PixelImage,
  spec: ModelSpec,
  imgsz: number | null,
  into?: Float32Array,
): NetworkInput {
  assert(image.data.length === image.width * image.height * image.channels, 'pixel data of the size of the image');
  const placement = networkPlacement(spec, image, imgsz);
  const { width, height } = placement.input;
  const length = 3 * width * height;
  const data = into?.length === length ? into : new Float32Array(length);

  switch (placement.kind) {
    case 'letterbox':
      letterboxInto(data, image, placement);
      break;
    case 'stretch':
      resizeIntoPlanes(image, placement.resized, { planes: data, width, height, left: 0, top: 0 });
      break;
    case 'centre-crop':
      writeRow(data, plainBytes(classifyTransform(image, placement).data), 0, width * height);
      break;
  }
  return { data, dims: [1, 3, height, width], placement };
}

/** Lays an image into the planes [3, H, W] of an input, which it fills together with the padding. `placement` is a `letterbox`. */
export function letterboxInto(planes: Float32Array, image: PixelImage, placement: Placement): void {
  const { input, resized, left, top } = placement;
  fillPadding(planes, placement);
  resizeIntoPlanes(image, resized, { planes, width: input.width, height: input.height, left, top });
}

/** Splits interleaved RGB into the three planes, from sample `offset` of each. */
function writeRow(planes: Float32Array, row: Uint8Array, offset: number, planeLength: number): void {
  let red = offset;
  let green = offset + planeLength;
  let blue = offset + 2 * planeLength;
  for (let k = 0; k < row.length; k += 3) {
    planes[red++] = unitLevels[row[k]];
    planes[green++] = unitLevels[row[k + 1]];
    planes[blue++] = unitLevels[row[k + 2]];
  }
}

/** Only what the image leaves free: filling the whole tensor first costs a tenth of laying the image out. */
function fillPadding(planes: Float32Array, { input, resized, left, top }: Placement): void {
  const level = unitLevels[paddingLevel];
  const plane = input.width * input.height;
  const right = left + resized.width;
  const bottom = top + resized.height;
  for (let start = 0; start < planes.length; start += plane) {
    planes.fill(level, start, start + top * input.width);
    planes.fill(level, start + bottom * input.width, start + plane);
    if (resized.width === input.width) continue;
    for (let y = top; y < bottom; y++) {
      const row = start + y * input.width;
      planes.fill(level, row, row + left);
      planes.fill(level, row + right, row + input.width);
    }
  }
}
