import { Fault } from '@/lib/core/fault';

export type QueuedCall<T> = {
  /** Starts the work; called once, when every call before it has ended. */
  readonly start: () => Promise<T>;
  /** Calls a person waits for with their eyes go before the ordinary ones that have not started. */
  readonly urgent: boolean;
  /** Calls with the same tag can be cancelled together. */
  readonly tag?: string;
  readonly signal?: AbortSignal;
  /** Frees what came with a call that never started. */
  readonly abandon?: () => void;
  /** Frees what a call brought back after it had been cancelled. */
  readonly discard?: (value: T) => void;
};

export type CallQueue = {
  /** Rejects with code `cancelled` as soon as the signal aborts, even while the work still runs. */
  add<T>(call: QueuedCall<T>): Promise<T>;
  /** Cancels the calls that have not started: all, or those with this tag. */
  cancelWaiting(tag?: string): void;
};

type Waiting = { readonly urgent: boolean; readonly tag: string | undefined; run(): Promise<void>; cancel(): void };

/** A queue that runs one call at a time: the owner of a session needs no lock, and memory holds one image's tensors. */
export function createCallQueue(): CallQueue {
  const waiting: Waiting[] = [];
  let running = false;

  async function runNext(): Promise<void> {
    if (running) return;
    const urgent = waiting.findIndex((call) => call.urgent);
    const [next] = waiting.splice(Math.max(0, urgent), 1);
    if (!next) return;
    running = true;
    await next.run();
    running = false;
    void runNext();
  }

  function add<T>({ start, urgent, tag, signal, abandon, discard }: QueuedCall<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let cancelled = false;
      function cancel(): void {
        if (cancelled) return;
        cancelled = true;
        signal?.removeEventListener('abort', cancel);
        const index = waiting.indexOf(entry);
        if (index >= 0) {
          waiting.splice(index, 1);
          abandon?.();
        }
        reject(cancelledFault());
      }
      const entry: Waiting = {
        urgent,
        tag,
        cancel,
        async run() {
          try {
            const value = await start();
            if (cancelled) discard?.(value);
            else resolve(value);
          } catch (error) {
            reject(error);
          } finally {
            signal?.removeEventListener('abort', cancel);
          }
        },
      };
      waiting.push(entry);
      if (signal?.aborted) {
        cancel();
        return;
      }
      signal?.addEventListener('abort', cancel);
      void runNext();
    });
  }

  function cancelWaiting(tag?: string): void {
    for (const call of waiting.filter((entry) => tag === undefined || entry.tag === tag)) call.cancel();
  }

  return { add, cancelWaiting };
}

export function cancelledFault(): Fault {
  return new Fault({
    code: 'cancelled',
    found: 'The work was cancelled before it ended.',
    remedy: 'Start it again if it is still wanted.',
  });
}
