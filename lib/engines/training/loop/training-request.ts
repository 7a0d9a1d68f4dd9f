import type { Checkpoint } from '@/lib/engines/model-files/checkpoint/checkpoint';
import type { BatchLoader } from '@/lib/engines/training/batch/batch-loader';
import type { BatchPlan } from '@/lib/engines/training/batch/batch-plan';
import type { DecodeImage } from '@/lib/engines/training/batch/image-cache';
import type { TrainingSet } from '@/lib/engines/training/batch/training-set';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import type { DrawPicture } from '@/lib/engines/training/loop/run-pictures';
import type { RunSource, SavedTraining } from '@/lib/engines/training/loop/saved-training';
import type { TrainingArguments } from '@/lib/engines/training/loop/training-arguments';
import type { TrainingData } from '@/lib/engines/training/loop/training-data';
import type { TrainingEvent } from '@/lib/engines/training/loop/training-event';
import type { RunStore } from '@/lib/engines/training/run-folder/run-store';
import type { SessionFactory } from '@/lib/engines/vision/session';

/** What differs between Node and browsers. */
export type TrainingSurroundings = {
  /** For the graphs of training, and for networks that are only run. */
  readonly trainingSessions: SessionFactory;
  readonly sessions: SessionFactory;
  readonly forms: GradientForms;
  readonly backend: string;
  readonly threads: number;
  openBatches(request: {
    readonly set: TrainingSet;
    readonly plan: BatchPlan;
    readonly cacheBytes: number;
    readonly onProblem: (problem: DatasetProblem) => void;
    readonly signal: AbortSignal;
  }): BatchLoader;
  readonly decode: DecodeImage;
  readonly store: RunStore;
  /** Memory that is free, in bytes, where that is known. */
  readonly availableBytes?: number;
  /** Paints pictures of batches; there are none without. */
  readonly drawPicture?: DrawPicture;
};

export type TrainingRequest = {
  /** What training begins with, its head already of the data set's classes. */
  readonly checkpoint: Checkpoint;
  readonly args: TrainingArguments;
  readonly data: TrainingData;
  /** Where an earlier run stopped; null to begin. */
  readonly resumed: SavedTraining | null;
  readonly source: RunSource;
  readonly surroundings: TrainingSurroundings;
  readonly tell: (event: TrainingEvent) => void;
  readonly signal: AbortSignal;
};
