import { createImageCache, type DecodeImage } from '@/lib/engines/training/batch/image-cache';
import { isOfThisImage } from '@/lib/engines/training/batch/sound-images';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import { classifyTransform } from '@/lib/engines/vision/classify-transform';
import type { Placement } from '@/lib/engines/vision/head-output';
import { centreCropPlacement, letterboxPlacement } from '@/lib/engines/vision/letterbox';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import { plainBytes } from '@/lib/engines/vision/plain-bytes';
import { letterboxInto } from '@/lib/engines/vision/preprocess';
import { resizeLinear } from '@/lib/engines/vision/resize-linear';

/** Images as a trained network is to see them: nothing about them is random. */
export type ValidationBatch = {
  /** [batch, 3, imgsz, imgsz], RGB in 0…1. What follows the last item is left over from elsewhere. */
  readonly images: Float32Array;
  /** The images of the batch, at least one: positions in the list of paths, and how each lies in its input. */
  readonly items: readonly { readonly index: number; readonly placement: Placement }[];
};

/** The images of a validation split, as often as they are wanted. */
export type ValidationImages = {
  /**
   * All images in their order, without those that cannot be read. A batch's memory is used again once the next one is asked for.
   * Rejects with the signal's reason.
   */
  batches(signal?: AbortSignal): AsyncGenerator<ValidationBatch, void, void>;
};

type ValidationOptions = {
  readonly task: TrainingBatch['task'];
  readonly paths: readonly string[];
  readonly imgsz: number;
  readonly batch: number;
  readonly decode: DecodeImage;
  /** Most bytes of decoded images that are kept from one time to the next. */
  readonly cacheBytes: number;
  /** Told once for each image that cannot be read. */
  readonly onProblem: (problem: DatasetProblem) => void;
};

/** The pixels of an image as they lie in the input, and where they came from. */
type FittedImage = { readonly data: Uint8Array; readonly pixels: PixelImage; readonly placement: Placement };

export function createValidationImages(options: ValidationOptions): ValidationImages {
  const { task, paths, imgsz, batch, decode, cacheBytes, onProblem } = options;
  const fitInto = task === 'classify' ? fitForClassifier : fitLetterboxed;
  const cache = createImageCache({ decode, reduce: (image) => fitInto(image, imgsz), budgetBytes: cacheBytes });
  const unreadable = new Set<number>();

  async function imageAt(index: number): Promise<FittedImage | null> {
    if (unreadable.has(index)) return null;
    const file = paths[index];
    try {
      return await cache.get(file);
    } catch (error) {
      if (!isOfThisImage(error)) throw error;
      unreadable.add(index);
      onProblem({ file, line: null, found: `${error.found} It was left out of the validation.` });
      return null;
    }
  }

  async function filled(start: number, images: Float32Array): Promise<ValidationBatch> {
    const length = 3 * imgsz * imgsz;
    const indices = Array.from({ length: Math.min(batch, paths.length - start) }, (_, slot) => start + slot);
    const items: { index: number; placement: Placement }[] = [];
    for (const [slot, fitted] of (await Promise.all(indices.map(imageAt))).entries()) {
      if (!fitted) continue;
      const { pixels, placement } = fitted;
      letterboxInto(images.subarray(items.length * length, (items.length + 1) * length), pixels, placement);
      items.push({ index: start + slot, placement });
    }
    return { images, items };
  }

  /** A batch under way. Its failure is told in its turn; until then nobody listens. */
  function begun(start: number, images: Float32Array): Promise<ValidationBatch> {
    const batch = filled(start, images);
    batch.catch(() => undefined);
    return batch;
  }

  return {
    async *batches(signal) {
      const memory = [0, 1].map(() => new Float32Array(batch * 3 * imgsz * imgsz));
      // While the network looks at one batch, the next one is decoded.
      let next = begun(0, memory[0]);
      for (let start = 0, turn = 1; start < paths.length; start += batch, turn = 1 - turn) {
        signal?.throwIfAborted();
        const current = await next;
        next = begun(start + batch, memory[turn]);
        if (current.items.length > 0) yield current;
      }
    },
  };
}

/** Scaled to its size in the letterbox, to the bit as a predictor scales it. */
function fitLetterboxed(image: PixelImage, imgsz: number): FittedImage {
  const placement = letterboxPlacement(image, { width: imgsz, height: imgsz }, { auto: false, stride: 1 });
  const pixels = resizeLinear(image, placement.resized);
  return { data: plainBytes(pixels.data), pixels, placement };
}

/** The classifier's own view, which fills the input: nothing is left to be placed. */
function fitForClassifier(image: PixelImage, imgsz: number): FittedImage {
  const input = { width: imgsz, height: imgsz };
  const pixels = classifyTransform(image, centreCropPlacement(image, input));
  return {
    data: plainBytes(pixels.data),
    pixels,
    placement: letterboxPlacement(pixels, input, { auto: false, stride: 1 }),
  };
}
