import { createCallQueue, type QueuedCall } from '@/lib/browser/call-queue';
import type { FromWorker, ToWorker, WorkerCall, WorkerReply } from '@/lib/browser/vision-messages';
import type { BackendPreference, PredictReply, VisionClient, VisionEvent } from '@/lib/browser/vision-protocol';
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
  readonly watchdog: ReturnType<typeof setTimeout>;
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
    transfer: Transferable[] = [],
  ): Promise<WorkerReply[K]> {
    return new Promise((resolve, reject) => {
      const id = ++lastId;
      const watchdog = setTimeout(() => replaceWorker(silentFault()), longestSilenceMs);
      // The answer to a call has the type its kind names: the worker's `answer` is written per kind.
      exchanges.set(id, { resolve: (value) => resolve(value as WorkerReply[K]), reject, watchdog });
      const message: ToWorker = { id, call };
      to.postMessage(message, transfer);
    });
  }

  async function exchange<K extends WorkerCall['kind']>(
    call: Extract<WorkerCall, { kind: K }>,
    transfer: Transferable[] = [],
  ): Promise<WorkerReply[K]> {
    if (disposed) throw closedFault();
    return post<K>(worker ?? (await wakeWorker()), call, transfer);
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
      case 'answer':
        settle(message.id)?.resolve(message.value);
        return;
      case 'failure':
        if (message.broken) replaceWorker(message.fault);
        else settle(message.id)?.reject(new Fault(message.fault));
        return;
    }
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
    openModel(file, { signal } = {}) {
      return enqueue({
        urgent: true,
        signal,
        start: async () => {
          const reply = await exchange<'open'>({ kind: 'open', file });
          models.set(reply.modelId, file);
          return reply;
        },
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
        start: () => exchange<'predict'>({ kind: 'predict', request }, frame ? [frame] : []),
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

function closedFault(): Fault {
  return new Fault({ code: 'cancelled', found: 'The predictor was closed.', remedy: 'Open the page again.' });
}

function crashFault(message: string | undefined): PlainFault {
  if (/out of memory|allocation|memory access/i.test(message ?? '')) {
    return {
      code: 'out-of-memory',
      found: 'The browser ran out of memory while predicting and stopped the predictor, which was started again.',
      remedy: 'Choose a smaller image size or a smaller model, then try again.',
    };
  }
  return {
    code: 'runtime-failed',
    found: `The predictor stopped${message ? `: “${message}”` : ''} and was started again.`,
    remedy: 'Try again; reload the page if it keeps happening.',
  };
}

function silentFault(): PlainFault {
  return {
    code: 'out-of-memory',
    found: `The predictor has not answered for ${longestSilenceMs / 60_000} minutes, as it does when memory runs out; it was started again.`,
    remedy: 'Choose a smaller image size or a smaller model, then try again.',
  };
}
