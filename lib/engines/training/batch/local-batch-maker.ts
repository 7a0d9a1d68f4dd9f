import type { Augmentation } from '@/lib/engines/training/augment/augmentation';
import type { BatchMaker } from '@/lib/engines/training/batch/batch-maker';
import {
  augmentationOfEpoch,
  type BatchPlan,
  checkBatchPlan,
  epochOrder,
} from '@/lib/engines/training/batch/batch-plan';
import { createImageCache, type DecodeImage } from '@/lib/engines/training/batch/image-cache';
import { makeClassBatch } from '@/lib/engines/training/batch/make-class-batch';
import { makeObjectBatch } from '@/lib/engines/training/batch/make-object-batch';
import { reducedForClasses, reducedForObjects } from '@/lib/engines/training/batch/reduce-image';
import { type SamplePlace, samplePlaces } from '@/lib/engines/training/batch/sample-place';
import { createSoundImages } from '@/lib/engines/training/batch/sound-images';
import type { TrainingBatch } from '@/lib/engines/training/batch/training-batch';
import type { TrainingSet } from '@/lib/engines/training/batch/training-set';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';

export type MakerOptions = {
  readonly set: TrainingSet;
  readonly plan: BatchPlan;
  readonly decode: DecodeImage;
  /** Most bytes of decoded images that are kept. */
  readonly cacheBytes: number;
};

/**
 * Makes batches in this thread. A batch depends on the plan, the data set and its position only, not on who makes it or what
 * was made before. Throws a `Fault` (`input-invalid`) for a plan that cannot be carried out.
 */
export function createLocalBatchMaker(options: MakerOptions): BatchMaker {
  const { set, plan } = options;
  checkBatchPlan(plan);
  const { draw, takeProblems } = painterOf(options);
  const length = plan.batch * 3 * plan.imgsz ** 2;
  let known: { readonly epoch: number; readonly order: Uint32Array } = { epoch: -1, order: new Uint32Array() };

  return {
    async make(position, spare) {
      const { epoch } = position;
      if (known.epoch !== epoch) known = { epoch, order: epochOrder(set.images.length, plan.seed, epoch) };
      const images = spare?.length === length ? spare : new Float32Array(length);
      const places = samplePlaces(plan, position, known.order, images);
      const batch = await draw(augmentationOfEpoch(plan, epoch), images, places);
      return { batch, problems: takeProblems() };
    },
    async dispose() {},
  };
}

/** What differs between networks of objects and classifiers. */
type Painter = {
  draw(augmentation: Augmentation, images: Float32Array, places: readonly SamplePlace[]): Promise<TrainingBatch>;
  takeProblems(): DatasetProblem[];
};

function painterOf({ set, plan: { imgsz }, decode, cacheBytes: budgetBytes }: MakerOptions): Painter {
  if (set.task === 'classify') {
    const cache = createImageCache({ decode, reduce: (image) => reducedForClasses(image, imgsz), budgetBytes });
    const sound = createSoundImages(set.images, cache);
    return { draw: (...drawn) => makeClassBatch(sound, ...drawn), takeProblems: sound.takeProblems };
  }
  const cache = createImageCache({ decode, reduce: (image) => reducedForObjects(image, imgsz), budgetBytes });
  const sound = createSoundImages(set.images, cache);
  return { draw: (...drawn) => makeObjectBatch(set, sound, ...drawn), takeProblems: sound.takeProblems };
}
