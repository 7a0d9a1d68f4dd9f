import type { PlainFault } from '@/lib/core/fault';
import type { Task } from '@/lib/core/task';
import type { Size } from '@/lib/engines/geometry/shape';
import type { GraphCost } from '@/lib/engines/model-files/graph-cost';
import type { ModelIdentity } from '@/lib/engines/model-files/model-facts';
import type { DialectContext, DialectName } from '@/lib/engines/vision/dialects/dialect';
import type { PixelImage } from '@/lib/engines/vision/pixel-image';
import type { Thresholds } from '@/lib/engines/vision/vision-result';

/** In which words a prediction is answered. */
export type DialectChoice = {
  readonly name: DialectName;
  readonly context: Omit<DialectContext, 'imageName' | 'speed'>;
  /** Whether the document may mention how long the steps took, which makes it another one on every run. */
  readonly withSpeed: boolean;
};

/** What is asked of a model, besides the image. */
export type PredictionOptions = {
  /** Which of the model's readings to take, by index; 0 is the likeliest. */
  readonly reading: number;
  /** Longer side in pixels for a dynamic model, null for its own; a static model has one size and ignores it. */
  readonly imgsz: number | null;
  readonly thresholds: Thresholds;
  readonly dialect: DialectChoice;
};

/** The bytes of an image file, or a decoded frame of a video. */
export type HostImage =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'pixels'; readonly pixels: PixelImage };

/** Milliseconds: laying out the decoded image, the network, reading its outputs. The package's words; it leaves out decoding too. */
export type StepSpeed = { readonly preprocess: number; readonly inference: number; readonly postprocess: number };

export type ImagePrediction = {
  readonly task: Task;
  readonly names: readonly string[];
  /** Pixels of the upright original. */
  readonly size: Size;
  /** The dialect's document as compact JSON. */
  readonly document: string;
  readonly speed: StepSpeed;
};

/** What a file is, read without running it. */
export type ModelInspection = ModelIdentity & { readonly cost: GraphCost };

export type VideoFrame = {
  readonly pixels: PixelImage;
  /** From the start of the video. */
  readonly seconds: number;
};

export type FrameSampling = {
  readonly maximumFrames: number;
  /** Least time between two frames; longer videos are sampled further apart, so that the frames cover them whole. */
  readonly everySeconds: number;
};

/** What a host is asked to do, one message each; every one is answered once, in order. */
export type HostTask =
  | {
      readonly kind: 'predict';
      readonly file: string;
      readonly threads: number;
      readonly image: HostImage;
      readonly imageName: string;
      readonly options: PredictionOptions;
    }
  | { readonly kind: 'inspect'; readonly file: string }
  /** The first one converts the checkpoint; each gives the next piece of what it becomes. */
  | { readonly kind: 'convert'; readonly file: string }
  | { readonly kind: 'next-frame'; readonly file: string; readonly sampling: FrameSampling };

/** What a task of each kind is answered with. */
export type HostAnswers = {
  readonly predict: ImagePrediction;
  readonly inspect: ModelInspection;
  /** Of the ONNX file, in order; null after the last piece. */
  readonly convert: Uint8Array | null;
  /** Null after the last frame. */
  readonly 'next-frame': VideoFrame | null;
};

export type HostRequest = { readonly id: number; readonly task: HostTask };

export type HostReply =
  | { readonly id: number; readonly kind: 'done'; readonly answer: HostAnswers[keyof HostAnswers] }
  | { readonly id: number; readonly kind: 'fault'; readonly fault: PlainFault }
  /** A defect of this program, with its stack for the log. */
  | { readonly id: number; readonly kind: 'defect'; readonly stack: string };
