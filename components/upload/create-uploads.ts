import { createStore, type StoreApi } from 'zustand/vanilla';
import { fileFingerprint, type RememberedUploads } from '@/components/upload/remembered-uploads';
import { sendFile } from '@/components/upload/send-file';
import { createTransferRate } from '@/components/upload/transfer-rate';
import {
  refusalOf,
  type UploadEntry,
  type UploadedModel,
  type UploadState,
  type UploadTarget,
} from '@/components/upload/upload-entry';
import { UploadFault, type UploadTransport } from '@/components/upload/upload-transport';

/** The platform's number: more at once only makes each slower. */
const maximumAtOnce = 3;

export type UploadPorts = {
  readonly transport: UploadTransport;
  /** Makes the model of a finished upload. Throws an `UploadFault` when the file is no model. */
  readonly finish: (target: UploadTarget, uploadId: string, signal: AbortSignal) => Promise<UploadedModel>;
  readonly remembered: RememberedUploads;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** The uploads of this visit: a few at once, the others wait for their turn. */
export type Uploads = {
  readonly store: StoreApi<readonly UploadEntry[]>;
  add(files: readonly File[], target: UploadTarget): void;
  /** Stops an upload and takes it off the server; takes one that ended off the list. */
  remove(key: string): void;
  /** Sends a failed upload again, from the byte the server has. */
  retry(key: string): void;
  removeEnded(): void;
  /** Calls back for each model that was made, from now on; gives what ends it. */
  onModel(listen: (model: UploadedModel) => void): () => void;
};

type Running = {
  readonly file: File;
  abort: AbortController;
  /** On the server. No two rows have the same: one would overwrite, finish or cancel what the other sends. */
  uploadId: string | null;
};

export function createUploads(ports: UploadPorts): Uploads {
  const store = createStore<readonly UploadEntry[]>(() => []);
  const running = new Map<string, Running>();
  const listeners = new Set<(model: UploadedModel) => void>();

  function set(key: string, state: UploadState): void {
    store.setState((entries) => entries.map((entry) => (entry.key === key ? { ...entry, state } : entry)), true);
  }

  function pump(): void {
    const entries = store.getState();
    const busy = entries.filter(({ state }) => state.status === 'sending' || state.status === 'checking').length;
    for (const { key, target } of entries
      .filter(({ state }) => state.status === 'waiting')
      .slice(0, maximumAtOnce - busy)) {
      set(key, { status: 'sending', sentBytes: 0, bytesPerSecond: null, stall: null });
      void run(key, target);
    }
  }

  async function run(key: string, target: UploadTarget): Promise<void> {
    const own = running.get(key);
    if (!own) return;
    const { signal } = own.abort;
    try {
      const uploadId = await send(key, own);
      set(key, { status: 'checking' });
      const model = await ports.finish(target, uploadId, signal);
      forget(own);
      running.delete(key);
      set(key, { status: 'done', model });
      for (const listen of listeners) listen(model);
    } catch (error) {
      // A cancelled upload has left the list already.
      if (signal.aborted) return;
      const fault = error instanceof UploadFault ? error : null;
      const canRetry = fault?.kind !== 'refused';
      if (!canRetry) forget(own);
      const message = fault?.message ?? 'The page failed while sending the file. Try again.';
      set(key, { status: 'failed', message, requestId: fault?.requestId ?? null, canRetry });
    } finally {
      pump();
    }
  }

  /** Another row may send the same file, and what is remembered of it be that row's. */
  function forget({ file, uploadId }: Running): void {
    const fingerprint = fileFingerprint(file);
    if (ports.remembered.find(fingerprint)?.uploadId === uploadId) ports.remembered.forget(fingerprint);
  }

  /** The upload to go on with: the row's own, or one that was begun with the same file and that no other row is sending. */
  function claim(own: Running): string | null {
    const uploadId = own.uploadId ?? ports.remembered.find(fileFingerprint(own.file))?.uploadId ?? null;
    const holder = [...running].find(([, other]) => other !== own && other.uploadId === uploadId);
    if (uploadId !== null && holder) {
      const [key, other] = holder;
      const state = store.getState().find((entry) => entry.key === key)?.state;
      if (state?.status !== 'failed') return null;
      other.uploadId = null;
    }
    own.uploadId = uploadId;
    return uploadId;
  }

  function send(key: string, own: Running): Promise<string> {
    const { file } = own;
    const fingerprint = fileFingerprint(file);
    const rate = createTransferRate();
    let sentBytes = 0;
    let stall: string | null = null;
    const show = () => set(key, { status: 'sending', sentBytes, bytesPerSecond: rate.bytesPerSecond(), stall });
    return sendFile(file, {
      transport: ports.transport,
      resumeId: claim(own),
      signal: own.abort.signal,
      wait: ports.wait,
      onStarted({ id }) {
        own.uploadId = id;
        const upload = { uploadId: id, fileName: file.name, sizeBytes: file.size, startedAt: ports.now() };
        ports.remembered.remember(fingerprint, upload);
      },
      onProgress(sent) {
        sentBytes = sent;
        rate.note(sent, ports.now());
        show();
      },
      onStall(fault) {
        stall = fault?.message ?? null;
        show();
      },
    });
  }

  return {
    store,

    add(files, target) {
      const added = files.map((file): UploadEntry => {
        const key = crypto.randomUUID();
        const refusal = refusalOf(file);
        if (refusal === null) running.set(key, { file, abort: new AbortController(), uploadId: null });
        const state: UploadState =
          refusal === null
            ? { status: 'waiting' }
            : { status: 'failed', message: refusal, requestId: null, canRetry: false };
        return { key, fileName: file.name, sizeBytes: file.size, target, state };
      });
      store.setState((entries) => [...entries, ...added], true);
      pump();
    },

    remove(key) {
      const own = running.get(key);
      running.delete(key);
      store.setState((entries) => entries.filter((entry) => entry.key !== key), true);
      if (own) {
        own.abort.abort(new Error('cancelled'));
        forget(own);
        // What stays on the server is swept after a day.
        if (own.uploadId !== null) void ports.transport.cancel(own.uploadId).catch(() => undefined);
      }
      pump();
    },

    retry(key) {
      const own = running.get(key);
      if (!own) return;
      own.abort = new AbortController();
      set(key, { status: 'waiting' });
      pump();
    },

    removeEnded() {
      const isEnded = ({ state }: UploadEntry) => state.status === 'done' || state.status === 'failed';
      for (const { key } of store.getState().filter(isEnded)) running.delete(key);
      store.setState((entries) => entries.filter((entry) => !isEnded(entry)), true);
    },

    onModel(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
  };
}
