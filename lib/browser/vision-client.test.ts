import { describe, expect, it } from 'vitest';
import { createVisionClient } from '@/lib/browser/vision-client';
import type { FromWorker, OpenedFile, ToWorker, WorkerCall } from '@/lib/browser/vision-messages';
import type { OpenProgress, VisionEvent } from '@/lib/browser/vision-protocol';
import { bytesSource } from '@/lib/engines/model-files/byte-source';
import { identifyModel } from '@/lib/engines/model-files/identify-model';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

type Answer = (call: WorkerCall, id: number) => FromWorker | null;

/** A worker in the same thread: answers by a script, remembers what it was asked. */
class ScriptedWorker extends EventTarget {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onmessageerror = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  terminated = false;
  readonly calls: WorkerCall[] = [];
  readonly cancelled: number[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    super();
    this.#answer = answer;
  }

  postMessage(message: ToWorker): void {
    if (message.kind === 'cancel') {
      this.cancelled.push(message.id);
      return;
    }
    const { id, call } = message;
    this.calls.push(call);
    const reply = this.#answer(call, id);
    if (reply) queueMicrotask(() => this.onmessage?.(new MessageEvent('message', { data: reply })));
  }

  terminate(): void {
    this.terminated = true;
  }
}

function clientWith(answer: Answer) {
  const workers: ScriptedWorker[] = [];
  const events: VisionEvent[] = [];
  const client = createVisionClient({
    cores: 4,
    startWorker: () => {
      const worker = new ScriptedWorker(answer);
      workers.push(worker);
      return worker;
    },
  });
  client.subscribe((event) => events.push(event));
  return { client, workers, events };
}

function kinds(worker: ScriptedWorker | undefined): string[] {
  return worker?.calls.map((call) => call.kind) ?? [];
}

const file = new Blob(['model']);

async function openedTiny(modelFile: Blob): Promise<OpenedFile> {
  const identity = await identifyModel(bytesSource(tinyModel()));
  return { modelId: 'abc', identity, conversion: null, runnable: modelFile };
}

describe('createVisionClient', () => {
  it('starts one worker, with the first call', async () => {
    const { client, workers } = clientWith((_call, id) => ({ kind: 'answer', id, value: null }));
    expect(workers).toHaveLength(0);
    await client.setBackend('wasm');
    expect(workers).toHaveLength(0);
    await client.decode(new Blob());
    await client.decode(new Blob());
    expect(workers).toHaveLength(1);
    expect(workers[0]?.calls[0]).toEqual({ kind: 'configure', preference: 'wasm', cores: 4 });
  });

  it('replaces a worker whose runtime broke, tells it, and makes open models known to the new one', async () => {
    const runnable = new Blob(['what the model became']);
    const opened = await openedTiny(runnable);
    const { client, workers, events } = clientWith((call, id) => {
      if (call.kind === 'open') return { kind: 'answer', id, value: opened };
      if (call.kind !== 'decode' || workers.length > 1) return { kind: 'answer', id, value: null };
      return { kind: 'failure', id, broken: true, fault: { code: 'out-of-memory', found: 'f', remedy: 'r' } };
    });
    await client.openModel(file);
    await expect(client.decode(new Blob())).rejects.toMatchObject({ name: 'Fault', code: 'out-of-memory' });
    await client.decode(new Blob());
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(kinds(workers[1])).toEqual(['configure', 'restore', 'decode']);
    expect(workers[1]?.calls[1]).toEqual({ kind: 'restore', models: [{ modelId: 'abc', file: runnable }] });
    expect(events).toMatchObject([{ kind: 'worker-restarted', fault: { code: 'out-of-memory' } }]);
  });

  it('keeps the worker after a failure that concerns one call only', async () => {
    const { client, workers } = clientWith((call, id) =>
      call.kind === 'decode'
        ? { kind: 'failure', id, broken: false, fault: { code: 'image-empty', found: 'f', remedy: 'r' } }
        : { kind: 'answer', id, value: null },
    );
    await expect(client.decode(new Blob())).rejects.toMatchObject({ code: 'image-empty' });
    expect(workers[0]?.terminated).toBe(false);
  });

  it('starts a new worker for another backend after the device was lost', async () => {
    const { client, workers } = clientWith((_call, id) => ({ kind: 'answer', id, value: null }));
    await client.decode(new Blob());
    const report = { backend: 'wasm', threads: 1, device: null, slowReasons: [] } as const;
    const event = { kind: 'backend-changed', report, reason: 'device-lost' } as const;
    workers[0]?.onmessage?.(new MessageEvent('message', { data: { kind: 'event', event } }));
    await client.setBackend('webgpu');
    await client.decode(new Blob());
    expect(workers).toHaveLength(2);
    expect(workers[1]?.calls[0]).toMatchObject({ preference: 'webgpu' });
  });

  it('passes on what the worker tells of a model it opens, and keeps the file that runs to itself', async () => {
    const opened = await openedTiny(file);
    const { client, workers } = clientWith((call, id) => {
      if (call.kind !== 'open') return { kind: 'answer', id, value: null };
      const progress: OpenProgress = { kind: 'converting', progress: { step: 'weights', share: 0.5 } };
      workers[0]?.onmessage?.(new MessageEvent('message', { data: { kind: 'progress', id, progress } }));
      return { kind: 'answer', id, value: opened };
    });
    const told: OpenProgress[] = [];
    const reply = await client.openModel(file, { onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([{ kind: 'converting', progress: { step: 'weights', share: 0.5 } }]);
    expect(Object.keys(reply).sort()).toEqual(['conversion', 'identity', 'modelId']);
  });

  it('tells the worker to stop a conversion that nobody wants any more', async () => {
    const { client, workers } = clientWith((call, id) =>
      call.kind === 'convert' ? null : { kind: 'answer', id, value: null },
    );
    await client.decode(new Blob());
    const abort = new AbortController();
    const conversion = client.convertFile(file, { format: 'safetensors' }, { signal: abort.signal });
    await expect.poll(() => kinds(workers[0])).toEqual(['configure', 'decode', 'convert']);
    abort.abort();
    await expect(conversion).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers[0]?.cancelled).toHaveLength(1);
  });

  it('rejects everything that waits when it is disposed', async () => {
    const { client, workers } = clientWith((call, id) =>
      call.kind === 'configure' ? { kind: 'answer', id, value: null } : null,
    );
    const calls = [client.decode(new Blob()), client.decode(new Blob())];
    const settled = Promise.allSettled(calls);
    client.dispose();
    expect((await settled).map((result) => result.status === 'rejected' && result.reason.code)).toEqual([
      'cancelled',
      'cancelled',
    ]);
    expect(workers.every(({ terminated }) => terminated)).toBe(true);
    await expect(client.decode(new Blob())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
