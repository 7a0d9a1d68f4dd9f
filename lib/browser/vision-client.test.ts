import { describe, expect, it } from 'vitest';
import { createVisionClient } from '@/lib/browser/vision-client';
import type { FromWorker, ToWorker, WorkerCall } from '@/lib/browser/vision-messages';
import type { VisionEvent } from '@/lib/browser/vision-protocol';

type Answer = (call: WorkerCall, id: number) => FromWorker | null;

/** A worker in the same thread: answers by a script, remembers what it was asked. */
class ScriptedWorker extends EventTarget {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onmessageerror = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  terminated = false;
  readonly calls: WorkerCall[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    super();
    this.#answer = answer;
  }

  postMessage({ id, call }: ToWorker): void {
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

const opened = { modelId: 'abc', identity: {} };

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
    const file = new Blob(['model']);
    const { client, workers, events } = clientWith((call, id) => {
      if (call.kind === 'open') return JSON.parse(JSON.stringify({ kind: 'answer', id, value: opened }));
      if (call.kind !== 'decode' || workers.length > 1) return { kind: 'answer', id, value: null };
      return { kind: 'failure', id, broken: true, fault: { code: 'out-of-memory', found: 'f', remedy: 'r' } };
    });
    await client.openModel(file);
    await expect(client.decode(new Blob())).rejects.toMatchObject({ name: 'Fault', code: 'out-of-memory' });
    await client.decode(new Blob());
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    expect(kinds(workers[1])).toEqual(['configure', 'restore', 'decode']);
    expect(workers[1]?.calls[1]).toEqual({ kind: 'restore', models: [{ modelId: 'abc', file }] });
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
