import type { RunOutcome, TrainingJob } from '@/lib/browser/training/training-job';
import type { PlainFault } from '@/lib/core/fault';
import type { TrainingEvent } from '@/lib/engines/training/loop/training-event';

/** What a run tells on its way, besides what every training tells. */
export type TrainerEvent =
  | Exclude<TrainingEvent, { kind: 'finished' | 'saved' }>
  /** What is done before the first step, in words. */
  | { readonly kind: 'preparing'; readonly words: string }
  | { readonly kind: 'download'; readonly loadedBytes: number; readonly totalBytes: number | null }
  /** Averaged weights as an ONNX file: on the way, and the best ones at the end. */
  | { readonly kind: 'weights'; readonly onnx: Blob; readonly epoch: number; readonly isFinal: boolean };

export type ToTrainer = { readonly kind: 'train'; readonly job: TrainingJob } | { readonly kind: 'stop' };

export type FromTrainer =
  /** Once, when the worker has loaded: what is posted before is lost. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'event'; readonly event: TrainerEvent }
  | { readonly kind: 'outcome'; readonly outcome: RunOutcome }
  | { readonly kind: 'failure'; readonly fault: PlainFault };
