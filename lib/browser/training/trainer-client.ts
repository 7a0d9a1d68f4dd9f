import type { FromTrainer, ToTrainer, TrainerEvent } from '@/lib/browser/training/trainer-messages';
import type { RunOutcome, TrainingJob } from '@/lib/browser/training/training-job';
import { Fault, type PlainFault } from '@/lib/core/fault';

export type TrainOptions = {
  readonly onEvent: (event: TrainerEvent) => void;
  /** Aborted, the run ends after the step under way, with the weights it has. */
  readonly signal: AbortSignal;
};

/** The page's door to training. */
export type TrainerClient = {
  /** Trains to the end, one run at a time. Rejects with a `Fault`. */
  train(job: TrainingJob, options: TrainOptions): Promise<RunOutcome>;
  /** Ends a run at once; its promise rejects with `cancelled`. */
  dispose(): void;
};

/** Each run has a worker of its own, which ends with it: the memory of a run is given back whole. */
export function createTrainerClient(startWorker: () => Worker = startTrainerWorker): TrainerClient {
  let endCurrent: (() => void) | null = null;

  return {
    train(job, { onEvent, signal }) {
      if (endCurrent) return Promise.reject(new Fault(busyFault));
      const worker = startWorker();
      const stop = () => post(worker, { kind: 'stop' });
      const begin = () => {
        signal.addEventListener('abort', stop);
        post(worker, { kind: 'train', job });
        if (signal.aborted) stop();
      };
      return new Promise<RunOutcome>((resolve, reject) => {
        endCurrent = () => reject(new Fault(leftFault));
        worker.onmessage = ({ data }: MessageEvent<FromTrainer>) => {
          if (data.kind === 'ready') begin();
          else if (data.kind === 'event') onEvent(data.event);
          else if (data.kind === 'outcome') resolve(data.outcome);
          else reject(new Fault(data.fault));
        };
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Fault(crashFault(event.message)));
        };
      }).finally(() => {
        endCurrent = null;
        signal.removeEventListener('abort', stop);
        worker.terminate();
      });
    },

    dispose: () => endCurrent?.(),
  };
}

function post(worker: Worker, message: ToTrainer): void {
  worker.postMessage(message);
}

const busyFault: PlainFault = {
  code: 'input-invalid',
  found: 'A training is under way already.',
  remedy: 'Stop it, or wait for its end.',
};

const leftFault: PlainFault = {
  code: 'cancelled',
  found: 'The training ended because its page was left.',
  remedy: 'Start it again.',
};

/** What to say of a worker that threw: memory is the usual reason. */
function crashFault(message: string | undefined): PlainFault {
  if (/out of memory|allocation|memory access/i.test(message ?? '')) {
    return {
      code: 'out-of-memory',
      found: 'The browser ran out of memory while training.',
      remedy: 'Choose a smaller batch or smaller images, then start again.',
    };
  }
  return {
    code: 'runtime-failed',
    found: `The training stopped${message ? `: “${message}”` : ''}.`,
    remedy: 'Start it again; reload the page if it keeps happening.',
  };
}

/** The predictor's script, which makes a trainer of the worker that has this name. */
function startTrainerWorker(): Worker {
  return new Worker(new URL('../predictor-worker.ts', import.meta.url), { type: 'module', name: 'trainer' });
}
