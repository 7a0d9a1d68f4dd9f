import type { PlainFault } from '@/lib/core/fault';
import type { Skeleton } from '@/lib/engines/training/dataset/dataset-description';
import type { ObjectLabel, ObjectTask } from '@/lib/engines/training/dataset/object-label';
import type { FinishReason } from '@/lib/engines/training/loop/training-event';

/** Tasks that are trained here. */
export const trainableTasks = ['detect', 'segment', 'pose', 'obb', 'classify'] as const;

export type TrainableTask = (typeof trainableTasks)[number];

/** What is trained: a checkpoint's network, or one of our own with random weights. */
type JobModel =
  | { readonly kind: 'file'; readonly file: Blob; readonly name: string }
  | { readonly kind: 'fresh'; readonly scale: 'n' | 's' };

type JobImage = { readonly path: string; readonly blob: Blob };

export type ObjectImage = JobImage & { readonly labels: readonly ObjectLabel[] };

type ClassImage = JobImage & { readonly classId: number };

export type JobSettings = {
  readonly epochs: number;
  /** A multiple of the network's stride, in pixels. */
  readonly imgsz: number;
  readonly batch: number;
  /** Null for the rate that fits the number of classes. */
  readonly lr0: number | null;
  readonly augments: boolean;
  readonly seed: number;
  readonly backend: 'wasm' | 'webgpu';
  /** Threads of the runtime; one where memory cannot be shared. */
  readonly threads: number;
};

/** Everything a run needs, as it crosses to the worker. */
export type TrainingJob = {
  readonly model: JobModel;
  readonly names: readonly string[];
  readonly settings: JobSettings;
} & (
  | {
      readonly task: ObjectTask;
      /** Set for pose. */
      readonly skeleton: Skeleton | null;
      readonly train: readonly ObjectImage[];
      /** Measured after each epoch; where nothing is held out, the same images as are trained on. */
      readonly val: readonly ObjectImage[];
    }
  | { readonly task: 'classify'; readonly train: readonly ClassImage[]; readonly val: readonly ClassImage[] }
);

/** What a run came to. */
export type RunOutcome = {
  readonly reason: FinishReason;
  /** Epoch whose weights are given, from 1; 0 where none ended. */
  readonly epoch: number;
  readonly seconds: number;
  /** Set where losses ceased to be numbers. */
  readonly fault: PlainFault | null;
};
