import type {
  BackendPreference,
  OpenModelReply,
  PredictReply,
  PredictRequest,
  VisionEvent,
} from '@/lib/browser/vision-protocol';
import type { PlainFault } from '@/lib/core/fault';

/** What the client and its worker say to each other: internal to `lib/browser`, the page knows `VisionClient` only. */
export type WorkerCall =
  | { readonly kind: 'configure'; readonly preference: BackendPreference; readonly cores: number }
  | { readonly kind: 'open'; readonly file: Blob }
  /** Makes models known to a worker that replaces one that died; their ids are known already. */
  | { readonly kind: 'restore'; readonly models: readonly { readonly modelId: string; readonly file: Blob }[] }
  | { readonly kind: 'close'; readonly modelId: string }
  | { readonly kind: 'predict'; readonly request: PredictRequest }
  | { readonly kind: 'decode'; readonly blob: Blob };

export type WorkerReply = {
  readonly configure: null;
  readonly open: OpenModelReply;
  readonly restore: null;
  readonly close: null;
  readonly predict: PredictReply;
  readonly decode: ImageBitmap;
};

export type ToWorker = { readonly id: number; readonly call: WorkerCall };

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly value: WorkerReply[WorkerCall['kind']] }
  /** `broken`: the runtime's heap can no longer be trusted, the worker is to be replaced. */
  | { readonly kind: 'failure'; readonly id: number; readonly fault: PlainFault; readonly broken: boolean }
  | { readonly kind: 'event'; readonly event: VisionEvent };
