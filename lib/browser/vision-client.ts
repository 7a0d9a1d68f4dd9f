import { createCallQueue, type QueuedCall } from '@/lib/browser/call-queue';
import type { FromWorker, ToWorker, WorkerCall, WorkerReply } from '@/lib/browser/vision-messages';
import type {
  BackendPreference,
  OpenProgress,
  PredictReply,
  VisionClient,
  VisionEvent,
} from '@/lib/browser/vision-protocol';
import { stopIfCancelled } from '@/lib/browser/work-watch';
import { closedFault, crashFault, silentFault } from '@/lib/browser/worker-faults';
import { Fault, type PlainFault } from '@/lib/core/fault';

/**
 * Longest silence of a worker before it counts as dead. The slowest honest prediction known, a large network at 1280 on one
 * thread, takes about two minutes; a thread that ran out of memory can leave the others waiting for ever.
 */
const longestSilenceMs = 300_000;

export type VisionClientOptions = {
  readonly startWorker?: () => Worker;
  /** Logical cores the runtime may count on. */
  readonly cores?: number;
};

type Exchange = {
  readonly resolve: (value: WorkerReply[WorkerCall['kind']]) => void;
  readonly reject: (error: Fault) => void;
  readonly onProgress: ((progress: OpenProgress) => void) | undefined;
  watchdog: ReturnType<typeof setTimeout>;
};

type ExchangeOptions = {
  readonly transfer?: Transferable[];
  readonly onProgress?: (progress: OpenProgress) => void;
  /** The queue gives the caller up at once; this tells the worker to stop. */
  readonly signal?: AbortSignal;
};

/**
 * Starts the door to the predictor worker. The worker itself starts with the first call, and again after it died: open models
 * are made known to the new one from their files, so that only the call that was under way fails.
 */
export function createVisionClient({
  startWorker = startPredictorWorker,
  cores = navigator.hardwareConcurrency || 1,
}: VisionClientOptions = {}): VisionClient {
  const queue = createCallQueue();
  const listeners = new Set<(event: VisionEvent) => void>();
  const models = new Map<string, Blob>();
  const exchanges = new Map<number, Exchange>();
  let preference: BackendPreference = 'auto';
  let worker: Worker | null = null;
  let lastId = 0;
  let deviceLost = false;
  let disposed = false;

  function tell(event: VisionEvent): void {
    for (const listener of listeners) listener(event);
  }

  function post<K extends WorkerCall['kind']>(
    to: Worker,
    call: Extract<WorkerCall, { kind: K }>,
    { transfer = [], onProgress, signal }: ExchangeOptions = {},
  ): Promise<WorkerReply[K]> {
    const id = ++lastId;
    const cancel = () => send(to, { kind: 'cancel', id });
    signal?.addEventListener('abort', cancel);
    const answer = new Promise<WorkerReply[K]>((resolve, reject) => {
      // The answer to a call has the type its kind names: the worker's `answer` is written per kind.
      const settle = (value: WorkerReply[WorkerCall['kind']]) => resolve(value as WorkerReply[K]);
      exchanges.set(id, { resolve: settle, reject, onProgress, watchdog: watchOver() });
    });
    send(to, { kind: 'call', id, call }, transfer);
    return answer.finally(() => signal?.removeEventListener('abort', cancel));
  }

  function send(to: Worker, message: ToWorker, transfer: Transferable[] = []): void {
    to.postMessage(message, transfer);
  }

  function watchOver(): ReturnType<typeof setTimeout> {
    return setTimeout(() => replaceWorker(silentFault(longestSilenceMs / 60_000)), longestSilenceMs);
  }

  async function exchange<K extends WorkerCall['kind']>(
    call: Extract<WorkerCall, { kind: K }>,
    options?: ExchangeOptions,
  ): Promise<WorkerReply[K]> {
    if (disposed) throw closedFault();
    const to = worker ?? (await wakeWorker());
    // What was cancelled while the worker woke would never hear of it.
    if (options?.signal) stopIfCancelled(options.signal);
    return post<K>(to, call, options);
  }

  async function wakeWorker(): Promise<Worker> {
    const started = startWorker();
    worker = started;
    started.onmessage = ({ data }: MessageEvent<FromWorker>) => receive(data);
    started.onerror = (event) => {
      event.preventDefault();
      replaceWorker(crashFault(event.message));
    };
    await post<'configure'>(started, { kind: 'configure', preference, cores });
    const known = [...models].map(([modelId, file]) => ({ modelId, file }));
    if (known.length > 0) await post<'restore'>(started, { kind: 'restore', models: known });
    return started;
  }

  function receive(message: FromWorker): void {
    switch (message.kind) {
      case 'event':
        if (message.event.kind === 'backend-changed') deviceLost ||= message.event.reason === 'device-lost';
        tell(message.event);
        return;
      case 'progress':
        hearProgress(message.id, message.progress);
        return;
      case 'answer':
        settle(message.id)?.resolve(message.value);
        return;
      case 'failure':
        if (message.broken) replaceWorker(message.fault);
        else settle(message.id)?.reject(new Fault(message.fault));
        return;
    }
  }

  function hearProgress(id: number, progress: OpenProgress): void {
    const waiting = exchanges.get(id);
    if (!waiting) return;
    clearTimeout(waiting.watchdog);
    waiting.watchdog = watchOver();
    waiting.onProgress?.(progress);
  }

  function settle(id: number): Exchange | undefined {
    const waiting = exchanges.get(id);
    if (waiting) clearTimeout(waiting.watchdog);
    exchanges.delete(id);
    return waiting;
  }

  function stopWorker(fault: PlainFault): void {
    worker?.terminate();
    worker = null;
    deviceLost = false;
    for (const id of [...exchanges.keys()]) settle(id)?.reject(new Fault(fault));
  }

  function replaceWorker(fault: PlainFault): void {
    stopWorker(fault);
    tell({ kind: 'worker-restarted', fault });
  }

  function enqueue<T>(call: QueuedCall<T>): Promise<T> {
    return disposed ? Promise.reject(closedFault()) : queue.add(call);
  }

  return {
    openModel(file, { signal, onProgress } = {}) {
      return enqueue({
        urgent: true,
        signal,
        start: async () => {
          const { runnable, ...reply } = await exchange<'open'>({ kind: 'open', file }, { onProgress, signal });
          models.set(reply.modelId, runnable);
          return reply;
        },
      });
    },

    inspectFile(file, { signal } = {}) {
      return enqueue({ urgent: true, signal, start: () => exchange<'inspect'>({ kind: 'inspect', file }) });
    },

    convertFile(file, target, { signal, onProgress } = {}) {
      const onConversion = (told: OpenProgress) => told.kind === 'converting' && onProgress?.(told.progress);
      return enqueue({
        urgent: true,
        signal,
        start: () => exchange<'convert'>({ kind: 'convert', file, target }, { onProgress: onConversion, signal }),
      });
    },

    closeModel(modelId) {
      models.delete(modelId);
      queue.cancelWaiting(modelId);
      return enqueue({
        urgent: true,
        start: async () => {
          if (worker) await exchange<'close'>({ kind: 'close', modelId });
        },
      });
    },

    predict(request, { signal } = {}) {
      const frame = request.image.kind === 'frame' ? request.image.frame : null;
      return enqueue<PredictReply>({
        urgent: false,
        tag: request.modelId,
        signal,
        start: () => exchange<'predict'>({ kind: 'predict', request }, { transfer: frame ? [frame] : [] }),
        abandon: () => frame?.close(),
        discard: (reply) => reply.bitmap?.close(),
      });
    },

    decode(blob, { signal } = {}) {
      return enqueue<ImageBitmap>({
        urgent: true,
        signal,
        start: () => exchange<'decode'>({ kind: 'decode', blob }),
        discard: (bitmap) => bitmap.close(),
      });
    },

    setBackend(next) {
      return enqueue({
        urgent: true,
        start: async () => {
          preference = next;
          // The runtime holds on to the device it lost: only a new worker can have another one.
          if (deviceLost) stopWorker(closedFault());
          if (worker) await exchange<'configure'>({ kind: 'configure', preference, cores });
        },
      });
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    dispose() {
      disposed = true;
      queue.cancelWaiting();
      stopWorker(closedFault());
      listeners.clear();
      models.clear();
    },
  };
}

function startPredictorWorker(): Worker {
  return new Worker(new URL('./predictor-worker.ts', import.meta.url), { type: 'module', name: 'predictor' });
}
