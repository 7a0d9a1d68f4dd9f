import type { History } from '@/components/train/document/history';
import { startHistory } from '@/components/train/document/history';
import { emptyDocument, type TrainDocument } from '@/components/train/document/train-document';
import type { Draft } from '@/components/train/draft/draft-format';
import type { RunOutcome, TrainableTask } from '@/lib/browser/training/training-job';
import type { ConversionProgress } from '@/lib/browser/vision-protocol';
import type { PlainFault } from '@/lib/core/fault';
import type { Size } from '@/lib/engines/geometry/shape';
import type { ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { Skeleton } from '@/lib/engines/training/dataset/dataset-description';
import type { DatasetProblem } from '@/lib/engines/training/dataset/dataset-problem';
import type { EpochRow, NamedNumbers } from '@/lib/engines/training/loop/epoch-row';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** The networks that can be trained without a file of weights. */
export type FreshScale = 'n' | 's';

/** What is trained. */
export type TrainModel =
  /** A network of our own whose weights are random. */
  | { readonly kind: 'fresh'; readonly scale: FreshScale; readonly task: TrainableTask }
  | { readonly kind: 'reading'; readonly name: string; readonly progress: ConversionProgress | null }
  | { readonly kind: 'refused'; readonly name: string; readonly fault: PlainFault }
  | FileModel;

type FileModel = {
  readonly kind: 'file';
  readonly name: string;
  readonly file: Blob;
  /** Of the predictor, which has it open: the SHA-256 of the file. */
  readonly modelId: string;
  readonly spec: ModelSpec;
  readonly task: TrainableTask;
};

/** A picture to train on. */
export type TrainImage = {
  readonly id: string;
  /** Path within what was dropped, or the bare name. */
  readonly name: string;
  readonly blob: Blob;
  /** Null until it was decoded. */
  readonly size: Size | null;
  readonly thumbnailUrl: string | null;
  /** What is wrong with the picture itself. */
  readonly fault: PlainFault | null;
  /** Where a data.yaml put it. */
  readonly split: 'train' | 'val' | null;
};

export type TrainSettings = {
  readonly epochs: number;
  readonly imgsz: number;
  readonly batch: number;
  /** Null for the rate that fits the number of classes and steps. */
  readonly lr0: number | null;
  readonly augments: boolean;
  readonly backend: 'wasm' | 'webgpu';
};

/** Losses of one step, as the chart draws them. */
export type LossPoint = { readonly step: number; readonly losses: NamedNumbers };

export type Progress = {
  /** From 1; 0 before the first step. */
  readonly epoch: number;
  readonly epochs: number;
  readonly iteration: number;
  readonly iterationsPerEpoch: number;
  readonly imagesPerSecond: number | null;
  readonly secondsLeft: number | null;
};

export type TrainRun =
  | { readonly kind: 'none' }
  /** Reading the model, building the graphs, loading the runtime. */
  | { readonly kind: 'preparing'; readonly words: string }
  | { readonly kind: 'running'; readonly progress: Progress; readonly isStopping: boolean }
  | { readonly kind: 'failed'; readonly fault: PlainFault }
  | { readonly kind: 'ended'; readonly outcome: RunOutcome };

/** What a run has shown so far; it stays when the run has ended. */
export type RunRecord = {
  readonly points: readonly LossPoint[];
  readonly rows: readonly EpochRow[];
  readonly notices: readonly string[];
  readonly isHeldOut: boolean;
  readonly trainCount: number;
  readonly valCount: number;
};

/** Weights a run has made, open in the predictor. */
export type TunedModel = {
  readonly name: string;
  readonly file: Blob;
  readonly modelId: string;
  readonly spec: ModelSpec;
  /** From 1. */
  readonly epoch: number;
  /** False for weights that were shown on the way. */
  readonly isFinal: boolean;
};

/** What an earlier visit kept, with the pictures that are still there. */
export type DraftOffer = { readonly draft: Draft; readonly pictures: ReadonlyMap<string, Blob> };

/** How it stands with what is kept on this machine until the next visit. */
export type DraftState = {
  /** Until a person has said whether it is wanted; nothing else is kept before. */
  readonly offer: DraftOffer | null;
  /** What is on the page is kept as it is now. */
  readonly isKept: boolean;
  /** Why not everything is kept. */
  readonly problem: string | null;
  /** What of an earlier visit is not there any more. */
  readonly loss: string | null;
};

export type StageView = 'label' | 'compare';

/** What two models say of the picture that is looked at. */
export type Comparison = {
  readonly before: VisionResult | null;
  readonly after: VisionResult | null;
  readonly fault: PlainFault | null;
};

/** The whole state of one `/test/train` page: plain data, changed by the session's actions only. */
export type TrainState = {
  readonly model: TrainModel;
  readonly images: readonly TrainImage[];
  readonly selectedImageId: string | null;
  /** The picture of the selected image; null while it is decoded. */
  readonly shown: { readonly imageId: string; readonly bitmap: ImageBitmap } | null;
  readonly history: History<TrainDocument>;
  /** Keypoints of poses, as a data.yaml or the model says. */
  readonly skeleton: Skeleton | null;
  readonly problems: readonly DatasetProblem[];
  readonly inputFault: PlainFault | null;
  /** What the next box is of. */
  readonly drawnClass: number;
  readonly selectedLabelId: string | null;
  readonly settings: TrainSettings;
  readonly draft: DraftState;
  readonly run: TrainRun;
  readonly record: RunRecord;
  readonly tuned: TunedModel | null;
  readonly view: StageView;
  readonly comparison: Comparison;
  readonly download: { readonly loadedBytes: number; readonly totalBytes: number | null } | null;
};

export const noRecord: RunRecord = {
  points: [],
  rows: [],
  notices: [],
  isHeldOut: false,
  trainCount: 0,
  valCount: 0,
};

export const noComparison: Comparison = { before: null, after: null, fault: null };

export const initialTrainState: TrainState = {
  model: { kind: 'fresh', scale: 'n', task: 'detect' },
  images: [],
  selectedImageId: null,
  shown: null,
  history: startHistory(emptyDocument),
  skeleton: null,
  problems: [],
  inputFault: null,
  drawnClass: 0,
  selectedLabelId: null,
  settings: { epochs: 30, imgsz: 320, batch: 4, lr0: null, augments: true, backend: 'wasm' },
  draft: { offer: null, isKept: false, problem: null, loss: null },
  run: { kind: 'none' },
  record: noRecord,
  tuned: null,
  view: 'label',
  comparison: noComparison,
  download: null,
};

/** Pictures on the page: each costs a thumbnail here, and a place in the memory of the run. */
export const mostImages = 500;

/** The task of the model; what a refused or unread one would do is not known. */
export function taskOf({ model }: TrainState): TrainableTask | null {
  return model.kind === 'fresh' || model.kind === 'file' ? model.task : null;
}

export function selectedImage({ images, selectedImageId }: TrainState): TrainImage | null {
  return images.find(({ id }) => id === selectedImageId) ?? null;
}

/**
 * Images with labels of the model's task, in the order of the strip; those that cannot be read are not among them. What was said of
 * whole images counts for classification only, and the other way round.
 */
export function labelledImages(state: TrainState): readonly TrainImage[] {
  const { labels } = state.history.present;
  const isClass = taskOf(state) === 'classify';
  return state.images.filter(({ id, fault }) => {
    const said = labels.get(id);
    return fault === null && said !== undefined && (said.classId !== null) === isClass;
  });
}

export function isBusy({ run }: TrainState): boolean {
  return run.kind === 'preparing' || run.kind === 'running';
}
