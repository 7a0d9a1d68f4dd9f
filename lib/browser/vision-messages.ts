import type {
  BackendPreference,
  ConversionTarget,
  OpenModelReply,
  OpenProgress,
  PredictReply,
  PredictRequest,
  VisionEvent,
} from '@/lib/browser/vision-protocol';
import type { PlainFault } from '@/lib/core/fault';
import type { ModelFileReport } from '@/lib/engines/model-files/inspect-model-file';

/** An open model with the ONNX file that runs: the file itself, or what its checkpoint became. */
export type OpenedFile = OpenModelReply & { readonly runnable: Blob };

/** What the client and its worker say to each other: internal to `lib/browser`, the page knows `VisionClient` only. */
export type WorkerCall =
  | { readonly kind: 'configure'; readonly preference: BackendPreference; readonly cores: number }
  | { readonly kind: 'open'; readonly file: Blob }
  | { readonly kind: 'inspect'; readonly file: Blob }
  | { readonly kind: 'convert'; readonly file: Blob; readonly target: ConversionTarget }
  /** Makes models known to a worker that replaces one that died: their ids, and the ONNX files that run. */
  | { readonly kind: 'restore'; readonly models: readonly { readonly modelId: string; readonly file: Blob }[] }
  | { readonly kind: 'close'; readonly modelId: string }
  | { readonly kind: 'predict'; readonly request: PredictRequest }
  | { readonly kind: 'decode'; readonly blob: Blob };

export type WorkerReply = {
  readonly configure: null;
  readonly open: OpenedFile;
  readonly inspect: ModelFileReport;
  readonly convert: Blob;
  readonly restore: null;
  readonly close: null;
  readonly predict: PredictReply;
  readonly decode: ImageBitmap;
};

/** A call, or the wish that the call of this id end early: it is then answered with the fault `cancelled`. */
export type ToWorker =
  | { readonly kind: 'call'; readonly id: number; readonly call: WorkerCall }
  | { readonly kind: 'cancel'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly value: WorkerReply[WorkerCall['kind']] }
  /** `broken`: the runtime's heap can no longer be trusted, the worker is to be replaced. */
  | { readonly kind: 'failure'; readonly id: number; readonly fault: PlainFault; readonly broken: boolean }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: OpenProgress }
  | { readonly kind: 'event'; readonly event: VisionEvent };
