import { describe, expect, it } from 'vitest';
import { createTrainerClient } from '@/lib/browser/training/trainer-client';
import type { FromTrainer, ToTrainer, TrainerEvent } from '@/lib/browser/training/trainer-messages';
import type { RunOutcome, TrainingJob } from '@/lib/browser/training/training-job';

const outcome: RunOutcome = { reason: 'completed', epoch: 1, seconds: 2, fault: null };

const job: TrainingJob = {
  task: 'classify',
  model: { kind: 'fresh', scale: 'n' },
  names: ['cat'],
  train: [],
  val: [],
  settings: { epochs: 1, imgsz: 32, batch: 1, lr0: null, augments: false, seed: 0, backend: 'wasm', threads: 1 },
};

/** A worker in the same thread that says what a test makes it say. */
class ScriptedWorker extends EventTarget {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onmessageerror = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  isTerminated = false;
  readonly heard: ToTrainer['kind'][] = [];

  postMessage({ kind }: ToTrainer): void {
    this.heard.push(kind);
  }

  say(message: FromTrainer): void {
    this.onmessage?.(new MessageEvent('message', { data: message }));
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

function begin() {
  const worker = new ScriptedWorker();
  const client = createTrainerClient(() => worker);
  const events: TrainerEvent[] = [];
  const abort = new AbortController();
  const run = client.train(job, { onEvent: (event) => events.push(event), signal: abort.signal });
  return { worker, client, events, abort, run };
}

describe('the door to training', () => {
  it('waits until the worker listens, hands events on and ends the worker with the run', async () => {
    const { worker, events, run } = begin();
    expect(worker.heard).toEqual([]);
    worker.say({ kind: 'ready' });
    worker.say({ kind: 'event', event: { kind: 'preparing', words: 'Reading the model' } });
    worker.say({ kind: 'outcome', outcome });
    expect(await run).toEqual(outcome);
    expect(worker.heard).toEqual(['train']);
    expect(events).toHaveLength(1);
    expect(worker.isTerminated).toBe(true);
  });

  it('tells a run that was stopped before it began', async () => {
    const { worker, abort, run } = begin();
    abort.abort();
    worker.say({ kind: 'ready' });
    worker.say({ kind: 'outcome', outcome });
    await run;
    expect(worker.heard).toEqual(['train', 'stop']);
  });

  it('rejects with the fault of the worker, and takes the next run', async () => {
    const { worker, client, run } = begin();
    worker.say({ kind: 'failure', fault: { code: 'out-of-memory', found: 'Too large.', remedy: 'Smaller.' } });
    await expect(run).rejects.toMatchObject({ code: 'out-of-memory' });
    const next = client.train(job, { onEvent: () => undefined, signal: new AbortController().signal });
    worker.say({ kind: 'outcome', outcome });
    expect(await next).toEqual(outcome);
  });

  it('refuses a second run beside the first, and ends the first when the page is left', async () => {
    const { worker, client, run } = begin();
    const second = client.train(job, { onEvent: () => undefined, signal: new AbortController().signal });
    await expect(second).rejects.toMatchObject({ code: 'input-invalid' });
    client.dispose();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(worker.isTerminated).toBe(true);
  });
});
