import type { Size } from '@/lib/engines/geometry/shape';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { Placement } from '@/lib/engines/vision/head-output';
import { roundHalfToEven } from '@/lib/engines/vision/round-half-to-even';

/**
 * Strides of the feature maps whose cells are a YOLO network's anchors: the first three, in P6 networks all four. A P2 network
 * has more cells than counted, which only pads a little more than needed.
 */
const anchorStrides = [8, 16, 32, 64] as const;

/**
 * Lays an image into a network input as the Ultralytics `LetterBox` does: one scale r = min(H/h, W/w) for both axes
 * (small images are scaled up), sides rounded half to even, the padding split in two with the odd pixel right and below.
 * With `auto` only the padding up to a multiple of `stride` stays, so that the input is the smallest rectangle that does.
 * With `scaleUp` false small images keep their size, as in training and validation.
 *
 * An image so thin that a side would round to nothing keeps one pixel (the package fails there).
 */
export function letterboxPlacement(
  image: Size,
  target: Size,
  { auto, stride, scaleUp = true }: { readonly auto: boolean; readonly stride: number; readonly scaleUp?: boolean },
): Placement {
  const fitting = Math.min(target.height / image.height, target.width / image.width);
  const scale = scaleUp ? fitting : Math.min(fitting, 1);
  const resized = {
    width: Math.max(1, roundHalfToEven(image.width * scale)),
    height: Math.max(1, roundHalfToEven(image.height * scale)),
  };
  if (!auto) return padded(image, resized, scale, target);
  return padded(image, resized, scale, {
    width: resized.width + ((target.width - resized.width) % stride),
    height: resized.height + ((target.height - resized.height) % stride),
  });
}

/**
 * How an image is laid into this model's input.
 * - Classify: shorter side to the size, centre cut. Depth: stretched over the whole input.
 * - Everything else: letterbox; static inputs in full, dynamic ones as the smallest rectangle (`rect=True`, the package's default).
 *
 * `imgsz` is the longer side in pixels for dynamic models, rounded up to the stride; null takes the export's own size. A
 * static model has one size and ignores it.
 */
export function networkPlacement(spec: ModelSpec, image: Size, imgsz: number | null): Placement {
  const target = targetSize(spec, imgsz);
  switch (spec.task) {
    case 'classify':
      return centreCropPlacement(image, target);
    case 'depth':
      return stretchPlacement(image, target);
    case 'detect':
    case 'segment':
    case 'pose':
    case 'obb':
    case 'semantic': {
      if (spec.input.size.kind === 'static') {
        return letterboxPlacement(image, target, { auto: false, stride: spec.stride });
      }
      const smallest = letterboxPlacement(image, target, { auto: true, stride: spec.stride });
      const input = withEnoughAnchors(smallest.input, spec);
      return input === smallest.input ? smallest : padded(image, smallest.resized, smallest.scaleX, input);
    }
  }
}

/** Size of the network input for this image: see `networkPlacement`. */
export function networkInputSize(spec: ModelSpec, image: Size, imgsz: number | null): Size {
  return networkPlacement(spec, image, imgsz).input;
}

function padded(image: Size, resized: Size, scale: number, input: Size): Placement {
  return {
    kind: 'letterbox',
    image: { width: image.width, height: image.height },
    input: { width: input.width, height: input.height },
    resized,
    scaleX: scale,
    scaleY: scale,
    left: roundHalfToEven((input.width - resized.width) / 2 - 0.1),
    top: roundHalfToEven((input.height - resized.height) / 2 - 0.1),
  };
}

function stretchPlacement(image: Size, input: Size): Placement {
  return {
    kind: 'stretch',
    image: { width: image.width, height: image.height },
    input,
    resized: input,
    scaleX: input.width / image.width,
    scaleY: input.height / image.height,
    left: 0,
    top: 0,
  };
}

/**
 * torchvision's `Resize(size)` and `CenterCrop(size)`: the shorter side becomes the size, the longer one is truncated to an
 * integer, the cut starts at the half-to-even rounded middle. A non-square input is stretched, as the package does there.
 */
export function centreCropPlacement(image: Size, input: Size): Placement {
  const resized = resizedForCrop(image, input);
  return {
    kind: 'centre-crop',
    image: { width: image.width, height: image.height },
    input,
    resized,
    scaleX: resized.width / image.width,
    scaleY: resized.height / image.height,
    left: 0 - roundHalfToEven((resized.width - input.width) / 2),
    top: 0 - roundHalfToEven((resized.height - input.height) / 2),
  };
}

function resizedForCrop(image: Size, input: Size): Size {
  if (input.width !== input.height) return input;
  const side = input.width;
  if (image.width <= image.height) {
    return { width: side, height: Math.floor((side * image.height) / image.width) };
  }
  return { width: Math.floor((side * image.width) / image.height), height: side };
}

function targetSize(spec: ModelSpec, imgsz: number | null): Size {
  const { kind, width, height } = spec.input.size;
  if (kind === 'static') return { width, height };
  return {
    width: upToMultiple(imgsz ?? width, spec.stride),
    height: upToMultiple(imgsz ?? height, spec.stride),
  };
}

function upToMultiple(length: number, step: number): number {
  return Math.max(step, Math.ceil(length / step) * step);
}

/**
 * Grows the shorter side by strides until the network has as many anchors as its TopK asks for: an end-to-end model fails
 * on a 320 × 32 input, which has 105. Returns the same object when nothing needs to grow.
 */
function withEnoughAnchors(size: Size, spec: ModelSpec): Size {
  let grown = size;
  while (anchorCount(grown, spec.stride) < spec.minimumAnchors) {
    grown =
      grown.width < grown.height
        ? { width: grown.width + spec.stride, height: grown.height }
        : { width: grown.width, height: grown.height + spec.stride };
  }
  return grown;
}

function anchorCount({ width, height }: Size, largestStride: number): number {
  const strides = anchorStrides.filter((stride) => stride <= Math.max(largestStride, 32));
  return strides.reduce((sum, stride) => sum + Math.floor(width / stride) * Math.floor(height / stride), 0);
}
