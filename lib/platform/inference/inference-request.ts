import type { Task } from '@/lib/core/task';
import type { Thresholds } from '@/lib/engines/vision/vision-result';
import type { DialectChoice, FrameSampling, ImagePrediction } from '@/lib/platform/inference/inference-messages';

export type InferenceModel = {
  readonly sha256: string;
  /** Path on this machine. */
  readonly file: string;
  /** Which of its readings to take, by index; the likeliest if absent. */
  readonly reading?: number;
};

type InferenceInput =
  | { readonly kind: 'image'; readonly bytes: Uint8Array; readonly name: string }
  | ({ readonly kind: 'video'; readonly file: string; readonly name: string } & FrameSampling);

export type InferenceRequest = {
  readonly model: InferenceModel;
  readonly input: InferenceInput;
  /** Longer side in pixels for a dynamic model, null for its own; a static model has one size and ignores it. */
  readonly imgsz: number | null;
  readonly thresholds: Thresholds;
  readonly dialect: DialectChoice;
  /** Gives up: what waits is dropped, what runs is not waited for. */
  readonly signal?: AbortSignal;
};

/** What was seen in an image, or in a frame of a video so many seconds from its start. */
export type InferenceImage = Omit<ImagePrediction, 'task' | 'names'> & { readonly seconds: number | null };

export type InferenceReply = {
  readonly task: Task;
  readonly names: readonly string[];
  /** One an image; one a frame of a video, in order. Never empty. */
  readonly images: readonly InferenceImage[];
};

export type InferenceStats = {
  readonly waiting: number;
  readonly running: number;
  readonly memoryBytes: number;
  readonly models: readonly {
    readonly sha256: string;
    /** Null while it has no process. */
    readonly pid: number | null;
    readonly memoryBytes: number;
    readonly waiting: number;
    readonly running: number;
  }[];
};
