import { decodeImage } from '@/lib/browser/decode-image';
import { type WebRuntimeChoice, webSessionFactory } from '@/lib/browser/onnx-web-session';
import { runtimeFault } from '@/lib/browser/runtime-fault';
import { runJob } from '@/lib/browser/training/run-job';
import type { FromTrainer, ToTrainer, TrainerEvent } from '@/lib/browser/training/trainer-messages';
import type { JobSettings } from '@/lib/browser/training/training-job';
import { gradientForms } from '@/lib/engines/training/gradients/gradient-forms';

/** The scope of a worker; the project's types otherwise describe the page's. */
type WorkerScope = {
  onmessage: ((event: MessageEvent<ToTrainer>) => void) | null;
  postMessage(message: FromTrainer): void;
};

declare const self: WorkerScope;

const stop = new AbortController();

/** One run in the life of the worker: whoever started it ends the worker with it. */
self.onmessage = async ({ data: message }) => {
  if (message.kind === 'stop') return stop.abort();
  const { job } = message;
  try {
    const outcome = await runJob(
      job,
      {
        sessions: webSessionFactory(runtimeOf(job.settings), {
          onDownload: ({ loadedBytes, totalBytes }) => tell({ kind: 'download', loadedBytes, totalBytes }),
          // The step under way rejects, and that ends the run.
          onDeviceLost: () => undefined,
        }),
        forms: gradientForms[job.settings.backend],
        decode: async (blob) => (await decodeImage({ kind: 'blob', blob }, { wantBitmap: false })).pixels,
        tell,
        breathe,
        now: () => performance.now(),
      },
      stop.signal,
    );
    self.postMessage({ kind: 'outcome', outcome });
  } catch (error) {
    self.postMessage({ kind: 'failure', fault: runtimeFault(error, 'running the model').toPlain() });
  }
};

function tell(event: TrainerEvent): void {
  self.postMessage({ kind: 'event', event });
}

function runtimeOf({ backend, threads }: JobSettings): WebRuntimeChoice {
  return backend === 'wasm' ? { backend, threads } : { backend, threads: 1 };
}

const { port1, port2 } = new MessageChannel();

/** Ends when this thread has heard what was posted to it before. Timers would wait for milliseconds. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

self.postMessage({ kind: 'ready' });
