import { Worker } from 'node:worker_threads';
import { Fault } from '@/lib/core/fault';
import type { BatchMaker, MadeBatch } from '@/lib/engines/training/batch/batch-maker';
import { checkBatchPlan } from '@/lib/engines/training/batch/batch-plan';
import type { LoaderReply, LoaderRequest, LoaderThreadData } from '@/lib/platform/training/loader-messages';

type Waiting = { resolve(made: MadeBatch): void; reject(error: Error): void };

/**
 * Makes batches in a thread of its own, of images on the disk (the paths of the set are those of `diskFileTree`). Throws a
 * `Fault` (`input-invalid`) for a plan that cannot be carried out.
 */
export function createThreadedBatchMaker(data: LoaderThreadData): BatchMaker {
  checkBatchPlan(data.plan);
  const thread = new Worker(new URL('./loader-thread.mjs', import.meta.url), { workerData: data });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let end: Error | null = null;

  function fail(error: Error): void {
    end ??= error;
    for (const { reject } of waiting.values()) reject(end);
    waiting.clear();
  }

  thread.on('message', (reply: LoaderReply) => {
    const task = waiting.get(reply.number);
    waiting.delete(reply.number);
    if (reply.kind === 'made') task?.resolve(reply.made);
    else if (reply.kind === 'fault') task?.reject(new Fault(reply.fault));
    else task?.reject(new Error(reply.message));
  });
  thread.on('error', (error) => fail(asFault(error)));
  thread.on('exit', (code) => fail(new Error(`The thread that makes batches ended with code ${code}.`)));

  return {
    make(position, spare) {
      if (end) return Promise.reject(end);
      const request: LoaderRequest = { number: asked++, position, spare };
      return new Promise((resolve, reject) => {
        waiting.set(request.number, { resolve, reject });
        thread.postMessage(request, spare?.buffer instanceof ArrayBuffer ? [spare.buffer] : []);
      });
    },
    async dispose() {
      await thread.terminate();
    },
  };
}

function asFault(error: Error): Error {
  if (!('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')) return error;
  return new Fault(
    {
      code: 'out-of-memory',
      found: 'The memory was not enough for the images of a batch.',
      remedy: 'Train with a smaller batch or imgsz.',
    },
    { cause: error },
  );
}
