/** What the server knows about an upload it has begun. */
export type StartedUpload = {
  readonly id: string;
  /** Bytes that the server has kept. */
  readonly offset: number;
  /** Bytes to send at a time. */
  readonly chunkBytes: number;
};

export type SendOptions = {
  readonly signal: AbortSignal;
  /** Bytes of this chunk that left so far. */
  readonly onProgress: (sentBytes: number) => void;
};

/** The server's side of a resumable upload. Calls throw an `UploadFault`. */
export type UploadTransport = {
  start(file: { readonly fileName: string; readonly sizeBytes: number }, signal: AbortSignal): Promise<StartedUpload>;
  /** Throws `gone` for an upload that the server no longer has. */
  find(id: string, signal: AbortSignal): Promise<StartedUpload>;
  /** Answers the bytes that the server now has. */
  send(id: string, offset: number, chunk: Blob, options: SendOptions): Promise<number>;
  cancel(id: string): Promise<void>;
};

/**
 * `connection`: nothing or nothing sensible came back; trying again makes sense. `offset`: the server has other bytes than we
 * thought. `gone`: the server does not have the upload any more. `refused`: it will not take it, however often it is sent.
 */
export type UploadFaultKind = 'connection' | 'offset' | 'gone' | 'refused';

/** Why a part of an upload did not go through, in words for the person. */
export class UploadFault extends Error {
  readonly kind: UploadFaultKind;
  readonly requestId: string | null;
  /** What the server asked us to wait. */
  readonly retryAfterSeconds: number | null;

  constructor(
    kind: UploadFaultKind,
    message: string,
    {
      requestId = null,
      retryAfterSeconds = null,
    }: { requestId?: string | null; retryAfterSeconds?: number | null } = {},
  ) {
    super(message);
    this.name = 'UploadFault';
    this.kind = kind;
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
