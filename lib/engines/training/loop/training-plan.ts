import type { Augmentation } from '@/lib/engines/training/augment/augmentation';
import { type BatchPlan, batchesPerEpoch } from '@/lib/engines/training/batch/batch-plan';
import type { TrainingArguments } from '@/lib/engines/training/loop/training-arguments';
import { autoOptimizer, type OptimizerChoice } from '@/lib/engines/training/schedule/choose-optimizer';
import { type TrainingSchedule, trainingSchedule } from '@/lib/engines/training/schedule/training-schedule';

/** All that follows from the arguments and the size of the data set. */
export type TrainingPlan = {
  readonly choice: OptimizerChoice;
  readonly schedule: TrainingSchedule;
  readonly batches: BatchPlan;
  readonly iterationsPerEpoch: number;
};

/** What the arguments mean for so many images and classes. `imgsz` is the side that is trained at. */
export function trainingPlan(
  args: TrainingArguments,
  {
    imgsz,
    imageCount,
    classCount,
  }: { readonly imgsz: number; readonly imageCount: number; readonly classCount: number },
): TrainingPlan {
  const { batch, epochs, seed } = args;
  const choice = chosenOptimizer(args, imageCount, classCount);
  const iterationsPerEpoch = batchesPerEpoch(imageCount, batch);
  return {
    choice,
    iterationsPerEpoch,
    batches: { imgsz, batch, epochs, seed, augmentation: augmentationOf(args) },
    schedule: trainingSchedule({
      epochs,
      batch,
      iterationsPerEpoch,
      lrf: args.lrf,
      cosine: args.cos_lr,
      lr0: choice.lr0,
      momentum: choice.momentum,
      weightDecay: args.weight_decay,
      warmupEpochs: args.warmup_epochs,
      // AdamW’s first beta does not warm up: the correction of its moments counts on its being one number.
      warmupMomentum: choice.optimizer === 'sgd' ? args.warmup_momentum : choice.momentum,
      warmupBiasLr: choice.warmupBiasLr,
      nbs: args.nbs,
    }),
  };
}

function chosenOptimizer(args: TrainingArguments, imageCount: number, classCount: number): OptimizerChoice {
  const { batch, nbs, epochs, lr0, momentum, warmup_bias_lr: warmupBiasLr } = args;
  if (args.optimizer === 'auto') return autoOptimizer({ imageCount, batch, nbs, epochs, classCount });
  return { optimizer: args.optimizer === 'SGD' ? 'sgd' : 'adamw', lr0, momentum, warmupBiasLr };
}

function augmentationOf(args: TrainingArguments): Augmentation {
  return {
    hsvH: args.hsv_h,
    hsvS: args.hsv_s,
    hsvV: args.hsv_v,
    degrees: args.degrees,
    translate: args.translate,
    scale: args.scale,
    shear: args.shear,
    flipud: args.flipud,
    fliplr: args.fliplr,
    mosaic: args.mosaic,
    mixup: args.mixup,
    closeMosaic: args.close_mosaic,
  };
}
