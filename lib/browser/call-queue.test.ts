import { describe, expect, it } from 'vitest';
import { createCallQueue } from '@/lib/browser/call-queue';

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('createCallQueue', () => {
  it('runs one call at a time, the urgent ones before those that wait', async () => {
    const queue = createCallQueue();
    const order: string[] = [];
    const gate = deferred<string>();
    let running = 0;
    function call(name: string, urgent: boolean, wait?: Promise<string>) {
      return queue.add({
        urgent,
        start: async () => {
          running++;
          expect(running).toBe(1);
          order.push(name);
          await wait;
          running--;
          return name;
        },
      });
    }
    const all = [call('first', false, gate.promise), call('second', false), call('urgent', true), call('third', false)];
    gate.resolve('');
    expect(await Promise.all(all)).toEqual(['first', 'second', 'urgent', 'third']);
    expect(order).toEqual(['first', 'urgent', 'second', 'third']);
  });

  it('goes on after a call that failed', async () => {
    const queue = createCallQueue();
    const failing = queue.add({ urgent: false, start: () => Promise.reject(new Error('no')) });
    const next = queue.add({ urgent: false, start: async () => 7 });
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe(7);
  });

  it('cancels a waiting call without starting it and frees what came with it', async () => {
    const queue = createCallQueue();
    const gate = deferred<number>();
    const controller = new AbortController();
    const running = queue.add({ urgent: false, start: () => gate.promise });
    const seen: string[] = [];
    const waiting = queue.add({
      urgent: false,
      signal: controller.signal,
      start: async () => seen.push('started'),
      abandon: () => seen.push('abandoned'),
    });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    gate.resolve(1);
    await running;
    expect(seen).toEqual(['abandoned']);
  });

  it('rejects a cancelled running call at once, frees its result and starts the next only when it ended', async () => {
    const queue = createCallQueue();
    const gate = deferred<number>();
    const controller = new AbortController();
    const seen: unknown[] = [];
    const running = queue.add({
      urgent: false,
      signal: controller.signal,
      start: () => gate.promise,
      discard: (value) => seen.push(value),
    });
    const next = queue.add({ urgent: false, start: async () => seen.push('next') });
    await Promise.resolve();
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([]);
    gate.resolve(5);
    await next;
    expect(seen).toEqual([5, 'next']);
  });

  it('never starts a call whose signal was aborted before', async () => {
    const queue = createCallQueue();
    const call = queue.add({ urgent: false, signal: AbortSignal.abort(), start: async () => 1 });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('cancels the waiting calls of one tag only', async () => {
    const queue = createCallQueue();
    const gate = deferred<number>();
    const first = queue.add({ urgent: false, tag: 'a', start: () => gate.promise });
    const a = queue.add({ urgent: false, tag: 'a', start: async () => 1 });
    const other = queue.add({ urgent: false, tag: 'b', start: async () => 2 });
    queue.cancelWaiting('a');
    gate.resolve(0);
    await expect(a).rejects.toMatchObject({ code: 'cancelled' });
    expect(await Promise.all([first, other])).toEqual([0, 2]);
  });
});
