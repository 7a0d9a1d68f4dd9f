import { maximumModelBytes } from '@/lib/domain/models/schema';

/** What an upload is for. */
export type UploadTarget =
  | { readonly kind: 'new-model'; readonly projectId: string; readonly projectName: string }
  | { readonly kind: 'replace-file'; readonly modelId: string; readonly modelName: string };

/** What became of a file. */
export type UploadedModel = {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly href: string;
  /** Why it cannot predict here, or null when it can. */
  readonly reason: string | null;
};

export type UploadState =
  | { readonly status: 'waiting' }
  | {
      readonly status: 'sending';
      readonly sentBytes: number;
      readonly bytesPerSecond: number | null;
      /** Why it stands still for a moment, or null. */
      readonly stall: string | null;
    }
  /** All bytes are there; the server reads the model. */
  | { readonly status: 'checking' }
  | { readonly status: 'done'; readonly model: UploadedModel }
  | {
      readonly status: 'failed';
      readonly message: string;
      readonly requestId: string | null;
      /** Whether sending it again could end otherwise. */
      readonly canRetry: boolean;
    };

export type UploadEntry = {
  readonly key: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly target: UploadTarget;
  readonly state: UploadState;
};

/** Why a file is not even sent, or null. */
export function refusalOf(file: Pick<File, 'name' | 'size'>): string | null {
  if (file.size === 0) return 'The file is empty. Export or copy the model again.';
  if (!isModelName(file.name)) {
    return 'Expected a model file that ends in .onnx or .pt. Export others with: yolo export model=best.pt format=onnx';
  }
  if (file.size > maximumModelBytes) {
    return `Expected at most 1 GB, found ${(file.size / 1024 ** 3).toFixed(1)} GB. Export the model at half precision.`;
  }
  return null;
}

/** Whether a file's name ends as those of models do that the server takes. */
export function isModelName(name: string): boolean {
  return /\.(onnx|pt)$/i.test(name);
}

/** Whether leaving the page now would stop it. */
export function isUnderway({ state }: UploadEntry): boolean {
  return state.status === 'waiting' || state.status === 'sending' || state.status === 'checking';
}
