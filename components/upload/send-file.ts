import { type StartedUpload, UploadFault, type UploadTransport } from '@/components/upload/upload-transport';

/** Attempts in a row without a byte of progress: with the waits between them about eight minutes. */
const maximumFailures = 20;
const firstWaitMilliseconds = 500;
const longestWaitMilliseconds = 30_000;

type SendFileOptions = {
  readonly transport: UploadTransport;
  /** The upload that an earlier visit began with this file, if any. */
  readonly resumeId: string | null;
  readonly signal: AbortSignal;
  readonly onStarted: (upload: StartedUpload) => void;
  /** Bytes of the file that left so far. May fall back after a failed attempt. */
  readonly onProgress: (sentBytes: number) => void;
  /** The connection failed and is tried again; null once it works. */
  readonly onStall: (fault: UploadFault | null) => void;
  /** Waits, or less when there is a reason to try earlier. Rejects when the signal aborts. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
};

/**
 * Sends a file piece by piece and gives the upload's id once the server has all of it. A failing connection is tried again from
 * the byte the server has; an upload that the server lost is begun anew once. Throws the last `UploadFault` when it is refused
 * or nothing went through for too long, and the signal's reason when it is cancelled.
 */
export async function sendFile(file: File, options: SendFileOptions): Promise<string> {
  const { transport, resumeId, signal, onStarted, onProgress, onStall } = options;
  const attempts = createAttempts(options);
  let upload = await attempts.run(() => resumeOrStart(resumeId, file, options));
  let isBegunAnew = false;
  onStarted(upload);
  onProgress(upload.offset);
  while (upload.offset < file.size) {
    const { id, offset, chunkBytes } = upload;
    const chunk = file.slice(offset, offset + chunkBytes);
    try {
      const next = await transport.send(id, offset, chunk, {
        signal,
        onProgress: (sentBytes) => onProgress(offset + sentBytes),
      });
      if (next <= offset) throw new UploadFault('connection', 'The server took none of the bytes that were sent.');
      upload = { id, chunkBytes, offset: next };
      attempts.succeeded();
      onStall(null);
    } catch (error) {
      signal.throwIfAborted();
      const fault = asUploadFault(error);
      if (fault.kind === 'refused') throw fault;
      await attempts.failed(fault);
      upload = await attempts.run(() => resumeOrStart(id, file, options));
      if (upload.id !== id) {
        if (isBegunAnew) throw fault;
        isBegunAnew = true;
        onStarted(upload);
      }
    }
    onProgress(upload.offset);
  }
  return upload.id;
}

/** The upload of that id as the server has it, or a new one when there is none any more. */
async function resumeOrStart(id: string | null, file: File, options: SendFileOptions): Promise<StartedUpload> {
  const { transport, signal } = options;
  const start = () => transport.start({ fileName: file.name, sizeBytes: file.size }, signal);
  if (id === null) return start();
  try {
    return await transport.find(id, signal);
  } catch (error) {
    if (asUploadFault(error).kind === 'gone') return start();
    throw error;
  }
}

/** Counts failures in a row and waits longer after each. */
function createAttempts({ signal, onStall, wait }: SendFileOptions) {
  let failures = 0;

  async function failed(fault: UploadFault): Promise<void> {
    failures++;
    if (failures >= maximumFailures) throw fault;
    onStall(fault);
    await wait(waitBefore(failures, fault), signal);
  }

  return {
    failed,
    succeeded: () => {
      failures = 0;
    },
    /** A small request, again and again until it goes through. */
    async run<T>(request: () => Promise<T>): Promise<T> {
      for (;;) {
        try {
          return await request();
        } catch (error) {
          signal.throwIfAborted();
          const fault = asUploadFault(error);
          if (fault.kind !== 'connection') throw fault;
          await failed(fault);
        }
      }
    },
  };
}

function waitBefore(failures: number, { retryAfterSeconds }: UploadFault): number {
  if (retryAfterSeconds !== null) return Math.min(longestWaitMilliseconds, retryAfterSeconds * 1000);
  return Math.min(longestWaitMilliseconds, firstWaitMilliseconds * 2 ** (failures - 1));
}

/** Whatever a transport throws that is no fault of its own is a failing connection. */
function asUploadFault(error: unknown): UploadFault {
  if (error instanceof UploadFault) return error;
  return new UploadFault('connection', error instanceof Error ? error.message : 'The connection failed.');
}
