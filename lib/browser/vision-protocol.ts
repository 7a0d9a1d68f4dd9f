import type { PlainFault } from '@/lib/core/fault';
import type { ConvertOptions } from '@/lib/engines/architecture/convert-options';
import type { CheckpointReport } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';
import type { ModelFileReport } from '@/lib/engines/model-files/inspect-model-file';
import type { ModelIdentity, ModelSpec } from '@/lib/engines/model-files/model-facts';
import type { HeadOutput } from '@/lib/engines/vision/head-output';
import type { Backend } from '@/lib/engines/vision/session';
import type { Thresholds, Timings, VisionResult } from '@/lib/engines/vision/vision-result';

/** Why a prediction is slower than this machine could be; the page explains each in a sentence. */
export type SlowReason =
  | 'no-cross-origin-isolation'
  | 'no-webgpu-in-browser'
  | 'no-webgpu-adapter'
  | 'software-webgpu-adapter'
  | 'no-shader-f16'
  | 'device-lost'
  | 'model-refused-by-webgpu'
  | 'single-core';

/** Where and how a model runs. */
export type BackendReport = {
  readonly backend: Backend;
  readonly threads: number;
  /** Adapter description on WebGPU, else null. */
  readonly device: string | null;
  readonly slowReasons: readonly SlowReason[];
};

/** What the page may ask of the backend: `auto` takes WebGPU on a real adapter and WASM otherwise. */
export type BackendPreference = 'auto' | 'webgpu' | 'wasm';

/** An image file to decode, or a frame that is decoded already (video, camera); a frame is closed by the worker. */
export type ImageInput =
  | { readonly kind: 'blob'; readonly blob: Blob }
  | { readonly kind: 'frame'; readonly frame: ImageBitmap | VideoFrame };

export type PredictRequest = {
  readonly modelId: string;
  readonly spec: ModelSpec;
  readonly image: ImageInput;
  /** Longer side of the network input for dynamic models; null for the model's own. */
  readonly imgsz: number | null;
  readonly thresholds: Thresholds;
  /** Give back the upright image for the stage (false for a second model on an image already shown). */
  readonly wantBitmap: boolean;
};

export type PredictReply = {
  readonly result: VisionResult;
  readonly output: HeadOutput;
  readonly timings: Timings;
  readonly backend: BackendReport;
  readonly bitmap: ImageBitmap | null;
};

/** Where the work on a checkpoint stands. */
export type ConversionProgress = {
  readonly step: 'building' | 'weights' | 'writing';
  /** Of the weights, from 0 to 1. */
  readonly share: number;
};

/** What is told while a file is opened. A checkpoint's findings come before anything is made of it, also when it is refused. */
export type OpenProgress =
  | { readonly kind: 'inspected'; readonly report: CheckpointReport }
  | { readonly kind: 'converting'; readonly progress: ConversionProgress };

/** Where the ONNX file that runs for a checkpoint came from: made now, or kept from an earlier visit. */
export type Conversion = { readonly origin: 'made' | 'kept'; readonly milliseconds: number };

export type OpenModelReply = {
  /** SHA-256 of the file, hex: the same file is the same model. */
  readonly modelId: string;
  readonly identity: ModelIdentity;
  /** Null for a model that was ONNX already. */
  readonly conversion: Conversion | null;
};

/** What a checkpoint can be saved as. */
export type ConversionTarget =
  | { readonly format: 'onnx'; readonly options: ConvertOptions }
  | { readonly format: 'safetensors' };

type Cancellable = { readonly signal?: AbortSignal };

/** Things the worker tells without being asked. */
export type VisionEvent =
  | {
      readonly kind: 'download';
      readonly file: string;
      readonly loadedBytes: number;
      readonly totalBytes: number | null;
    }
  | { readonly kind: 'backend-changed'; readonly report: BackendReport; readonly reason: SlowReason }
  | { readonly kind: 'worker-restarted'; readonly fault: PlainFault };

/**
 * The page's one door to the predictor worker (`createVisionClient` makes it). Calls are queued: one run at a time per worker.
 * Every promise rejects with a `Fault`; an aborted call rejects with code `cancelled`.
 */
export type VisionClient = {
  /**
   * Reads the file's facts and keeps its bytes for sessions; does not create a session yet. A checkpoint becomes ONNX on the way,
   * unless an earlier visit has kept that.
   */
  openModel(
    file: Blob,
    options?: Cancellable & { onProgress?: (progress: OpenProgress) => void },
  ): Promise<OpenModelReply>;
  /** What a model file is and holds, without running any of it. */
  inspectFile(file: Blob, options?: Cancellable): Promise<ModelFileReport>;
  /** A checkpoint in another format. */
  convertFile(
    file: Blob,
    target: ConversionTarget,
    options?: Cancellable & { onProgress?: (progress: ConversionProgress) => void },
  ): Promise<Blob>;
  /** Forgets the model, its session and its bytes. */
  closeModel(modelId: string): Promise<void>;
  /** Creates the session on first use. */
  predict(request: PredictRequest, options?: Cancellable): Promise<PredictReply>;
  /** Decodes an image for the stage without predicting. */
  decode(blob: Blob, options?: Cancellable): Promise<ImageBitmap>;
  setBackend(preference: BackendPreference): Promise<void>;
  subscribe(listener: (event: VisionEvent) => void): () => void;
  dispose(): void;
};
