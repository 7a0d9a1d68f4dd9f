import type { BackendPreference, BackendReport, Conversion, ConversionProgress } from '@/lib/browser/vision-protocol';
import type { PlainFault } from '@/lib/core/fault';
import type { Size } from '@/lib/engines/geometry/shape';
import type { CheckpointReport } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';
import type { HeadReading, ModelIdentity, ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import {
  defaultThresholds,
  type Thresholds,
  type Timings,
  type VisionResult,
} from '@/lib/engines/vision/vision-result';

/** A model in the left panel. Its `key` is of this page; its `modelId` is the SHA-256 of the file. */
export type ModelEntry = {
  readonly key: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly content: ModelContent;
};

export type ModelContent =
  /** Remembered on this machine, not opened in this visit. */
  | { readonly status: 'stored'; readonly modelId: string; readonly readingIndex: number | null }
  | ReadingModel
  | { readonly status: 'refused'; readonly fault: PlainFault; readonly report: CheckpointReport | null }
  | ReadyModel;

export type ReadingModel = {
  readonly status: 'reading';
  /** What was found in a checkpoint, known before anything is made of it. */
  readonly report: CheckpointReport | null;
  /** Where its conversion stands. */
  readonly progress: ConversionProgress | null;
};

export type ReadyModel = {
  readonly status: 'ready';
  readonly modelId: string;
  /** As it was handed over: a checkpoint's own file, not what was made of it. */
  readonly file: Blob;
  /** Of a checkpoint that was opened for the first time; for others it is found out when it is asked for. */
  readonly report: CheckpointReport | null;
  /** Where what runs came from; null for a model that was ONNX already. */
  readonly conversion: Conversion | null;
  readonly identity: ModelIdentity;
  readonly readingIndex: number;
  /** False while several readings fit and the person has not picked one: the likeliest is used meanwhile. */
  readonly settled: boolean;
  /** What went wrong when it ran; nothing more is run with it until the person tries again. */
  readonly fault: PlainFault | null;
};

export type ImageEntry = {
  readonly id: string;
  readonly name: string;
  readonly blob: Blob;
  readonly size: Size | null;
  readonly thumbnailUrl: string | null;
  readonly run: ImageRun;
  /** What the last finished run found at the thresholds of now. */
  readonly summary: ResultSummary | null;
};

export type ImageRun =
  | { readonly status: 'idle' | 'waiting' | 'running' | 'done' | 'stopped' }
  | { readonly status: 'failed'; readonly fault: PlainFault };

export type ResultSummary = {
  /** For people and screen readers: “4 persons, 1 bus”. */
  readonly text: string;
  /** For the corner of a thumbnail: a number of detections, or the best class. */
  readonly short: string;
  readonly classIds: readonly number[];
};

/** One finished run, raw: thresholds and readings are applied to it again and again. */
export type CachedRun = {
  readonly key: string;
  readonly modelKey: string;
  readonly spec: ModelSpec;
  readonly output: HeadOutput;
  readonly timings: Timings;
  readonly backend: BackendReport;
};

/** A run with what it says at the thresholds of now. `interpretMilliseconds` is the last time that took here. */
export type ShownRun = {
  readonly run: CachedRun;
  readonly result: VisionResult;
  readonly thresholds: Thresholds;
  readonly interpretMilliseconds: number | null;
};

/** What the stage shows. Picture and result always belong together: they change in one step. */
export type Shown = {
  /** Null for a frame of a video or camera. */
  readonly imageId: string | null;
  readonly name: string;
  readonly bitmap: ImageBitmap | null;
  readonly primary: ShownRun | null;
  readonly secondary: ShownRun | null;
};

export type CompareMode = 'split' | 'side-by-side';

export type LiveState =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting'; readonly source: 'video' | 'camera'; readonly name: string }
  | {
      readonly kind: 'video';
      readonly name: string;
      readonly playing: boolean;
      readonly timeSeconds: number;
      readonly durationSeconds: number;
      readonly framesPerSecond: number | null;
    }
  | { readonly kind: 'camera'; readonly name: string; readonly framesPerSecond: number | null }
  | { readonly kind: 'failed'; readonly source: 'video' | 'camera'; readonly name: string; readonly fault: PlainFault };

export type Batch = { readonly startedAt: number; readonly done: number; readonly total: number };

/** The whole state of one `/test` page: plain data, changed only by the session's actions. */
export type TestState = {
  readonly models: readonly ModelEntry[];
  readonly activeModelKey: string | null;
  readonly compareModelKey: string | null;
  readonly compareMode: CompareMode;
  readonly backendPreference: BackendPreference;
  /** Download of the runtime, while it lasts. */
  readonly download: { readonly file: string; readonly loadedBytes: number; readonly totalBytes: number | null } | null;
  /** A sentence about the worker that is not the fault of one model or image: it was restarted, it changed backend. */
  readonly notice: PlainFault | null;

  readonly images: readonly ImageEntry[];
  readonly selectedImageId: string | null;
  readonly batch: Batch | null;
  readonly shown: Shown;
  readonly live: LiveState;
  /** A refused drop that has no thumbnail to stand at, as an unreadable URL or a folder without images. */
  readonly inputFault: PlainFault | null;

  readonly thresholds: Thresholds;
  /** Longer side of the network input for dynamic models; null for the model's own. */
  readonly imgsz: number | null;

  readonly showOverlays: boolean;
  readonly showLabels: boolean;
  readonly showMasks: boolean;
  readonly maskOpacity: number;
  readonly hiddenClasses: ReadonlySet<number>;
  readonly classColours: ReadonlyMap<number, string>;
  readonly hoveredDetection: number | null;
  readonly selectedDetection: number | null;
  /** Value of a semantic or depth map under the pointer, already in words. */
  readonly probe: string | null;
  readonly drawMilliseconds: number | null;
};

const nothingShown: Shown = { imageId: null, name: '', bitmap: null, primary: null, secondary: null };

export const initialTestState: TestState = {
  models: [],
  activeModelKey: null,
  compareModelKey: null,
  compareMode: 'split',
  backendPreference: 'auto',
  download: null,
  notice: null,
  images: [],
  selectedImageId: null,
  batch: null,
  shown: nothingShown,
  live: { kind: 'off' },
  inputFault: null,
  thresholds: defaultThresholds,
  imgsz: null,
  showOverlays: true,
  showLabels: true,
  showMasks: true,
  maskOpacity: 0.45,
  hiddenClasses: new Set(),
  classColours: new Map(),
  hoveredDetection: null,
  selectedDetection: null,
  probe: null,
  drawMilliseconds: null,
};

export const justBeingRead: ReadingModel = { status: 'reading', report: null, progress: null };

/** The reading in use. */
export function readingOf(model: ReadyModel): HeadReading {
  return model.identity.readings[model.readingIndex] ?? model.identity.readings[0];
}

/** The model of that key when it can run, else null. */
export function runnableModel(state: TestState, key: string | null): (ReadyModel & { readonly key: string }) | null {
  const entry = state.models.find((model) => model.key === key);
  if (entry?.content.status !== 'ready' || entry.content.fault) return null;
  return { ...entry.content, key: entry.key };
}

/** Key of the demo's model and of its picture, one demo for each task. */
export function demoKey(task: string): string {
  return `demo-${task}`;
}

/** Whether a model's key or an image's id is of the demo rather than of what a person brought. */
export function isDemoKey(key: string): boolean {
  return key.startsWith('demo-');
}

/** Identity of a run's answer: the same image, model, reading and input size give the same raw output. */
export function runKey(imageId: string, model: ReadyModel, imgsz: number | null): string {
  return `${imageId}|${model.modelId}|${model.readingIndex}|${imgsz ?? 'own'}`;
}
