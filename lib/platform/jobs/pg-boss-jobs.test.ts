import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/platform/db/test-support/test-database';
import type { JobHandlers, JobQueue } from '@/lib/platform/jobs/jobs';
import { connectJobQueue, installJobs } from '@/lib/platform/jobs/pg-boss-jobs';
import { type RunningJobs, runJobs } from '@/lib/platform/jobs/run-jobs';
import { testDefinitions } from '@/lib/platform/jobs/test-support/definitions';

type Definitions = typeof testDefinitions;

const log = pino({ level: 'silent' });
let database: TestDatabase;
let jobs: JobQueue<Definitions>;
let workers: RunningJobs[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  await installJobs({ url: database.url, log }, testDefinitions);
  jobs = connectJobQueue({ url: database.url, log }, testDefinitions);
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.stop({ finishMilliseconds: 500, leaveMilliseconds: 500 })));
  workers = [];
});
afterAll(async () => {
  await jobs.close();
  await database.close();
});

async function startWorker(handlers: Partial<JobHandlers<Definitions>>): Promise<RunningJobs> {
  const idle = { run: async () => undefined };
  const worker = await runJobs({
    url: database.url,
    log,
    definitions: testDefinitions,
    handlers: { note: idle, hang: idle, ...handlers },
  });
  workers.push(worker);
  return worker;
}

async function waitForState(name: keyof Definitions, id: string | null, state: string, timeout = 10_000) {
  await vi.waitFor(async () => expect((await jobs.find(name, id ?? ''))?.state).toBe(state), { timeout, interval: 50 });
}

test('a job enqueued in a transaction runs when it commits, and never when it is rolled back', async () => {
  const seen: string[] = [];
  await startWorker({ note: { run: async ({ text }) => void seen.push(text) } });
  let undone: string | null = null;
  const rollback = database.db.transaction(async (transaction) => {
    undone = await jobs.enqueue('note', { text: 'undone' }, { transaction });
    throw new Error('rolled back');
  });
  await expect(rollback).rejects.toThrow('rolled back');
  const kept = await database.db.transaction((transaction) => jobs.enqueue('note', { text: 'kept' }, { transaction }));
  await waitForState('note', kept, 'done');
  expect(seen).toEqual(['kept']);
  expect(await jobs.find('note', undone ?? '')).toBeNull();
});

test('a worker gives signs of life', async () => {
  const startedAt = Date.now();
  await startWorker({});
  await vi.waitFor(async () => expect((await jobs.workerSeenAt())?.getTime() ?? 0).toBeGreaterThan(startedAt - 1000), {
    timeout: 10_000,
    interval: 100,
  });
});

test('a waiting worker takes a job at once', async () => {
  let takenAt = 0;
  await startWorker({
    note: {
      async run() {
        takenAt = performance.now();
      },
    },
  });
  const enqueuedAt = performance.now();
  const id = await jobs.enqueue('note', { text: 'soon' });
  await waitForState('note', id, 'done');
  expect(takenAt - enqueuedAt).toBeLessThan(1000);
});

test('waiting jobs are done one right after the other', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => jobs.enqueue('note', { text: 'one of many' })));
  const startedAt = performance.now();
  await startWorker({});
  for (const id of ids) await waitForState('note', id, 'done');
  expect(performance.now() - startedAt).toBeLessThan(4000);
});

test('a job that throws ends failed with its reason, and its handler is told once', async () => {
  const told: string[] = [];
  await startWorker({
    note: {
      async run() {
        throw new Error('The image has no pixels.');
      },
      giveUp: async ({ text }, reason) => void told.push(`${text}: ${reason}`),
    },
  });
  const id = await jobs.enqueue('note', { text: 'broken' }, { singletonKey: 'broken' });
  await vi.waitFor(() => expect(told).toEqual(['broken: The image has no pixels.']), { timeout: 10_000 });
  expect(await jobs.find('note', id ?? '')).toEqual({ state: 'failed', reason: 'The image has no pixels.' });
});

test('a job is tried again as often as it says', async () => {
  const attempts: number[] = [];
  await startWorker({
    note: {
      async run(_data, { number }) {
        attempts.push(number);
        if (number < 3) throw new Error('not yet');
      },
    },
  });
  const id = await jobs.enqueue('note', { text: 'again' }, { retryLimit: 2 });
  await waitForState('note', id, 'done', 20_000);
  expect(attempts).toEqual([1, 2, 3]);
});

test('of jobs with one singleton key only one waits; others do not mind it', async () => {
  const first = await jobs.enqueue('note', { text: 'a' }, { singletonKey: 'one' });
  expect(await jobs.enqueue('note', { text: 'b' }, { singletonKey: 'one' })).toBeNull();
  const others = await Promise.all([1, 2].map(() => jobs.enqueue('note', { text: 'c' })));
  expect(new Set([first, ...others]).size).toBe(3);
  await startWorker({});
  for (const id of [first, ...others]) await waitForState('note', id, 'done');
});

test('data that the definition does not allow is refused before anything is written', async () => {
  const wrong = JSON.parse('{"text": 3}');
  await expect(jobs.enqueue('note', wrong)).rejects.toThrow(/expected string/);
});

test('a stopping worker lets a running job finish and takes no further one', async () => {
  const events: string[] = [];
  let finish = () => {};
  const worker = await startWorker({
    note: {
      async run({ text }) {
        events.push(`${text} begins`);
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        events.push(`${text} ends`);
      },
    },
  });
  const running = await jobs.enqueue('note', { text: 'first' });
  await waitForState('note', running, 'running');
  const stopped = worker.stop({ finishMilliseconds: 5000, leaveMilliseconds: 1000 });
  const waiting = await jobs.enqueue('note', { text: 'second' });
  finish();
  await stopped;
  expect(events).toEqual(['first begins', 'first ends']);
  expect((await jobs.find('note', running ?? ''))?.state).toBe('done');
  expect((await jobs.find('note', waiting ?? ''))?.state).toBe('waiting');
});

test('a job that does not end in time is told to leave, and handed back for another try', async () => {
  let wasAborted = false;
  const worker = await startWorker({
    hang: {
      run: (_data, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            wasAborted = true;
            reject(signal.reason);
          });
        }),
    },
  });
  const id = await jobs.enqueue('hang', {});
  await waitForState('hang', id, 'running');
  await worker.stop({ finishMilliseconds: 200, leaveMilliseconds: 2000 });
  expect(wasAborted).toBe(true);
  expect((await jobs.find('hang', id ?? ''))?.state).toBe('waiting');
  await startWorker({});
  await waitForState('hang', id, 'done');
});

test('the job of a killed worker is tried again by another within twenty seconds', async () => {
  const program = fileURLToPath(new URL('./test-support/hanging-worker.ts', import.meta.url));
  const victim = spawn(process.execPath, ['--import', 'tsx', program, database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const id = await jobs.enqueue('hang', {});
  await once(victim.stdout, 'data');
  victim.kill('SIGKILL');
  await once(victim, 'exit');
  const killedAt = performance.now();
  const attempts: number[] = [];
  await startWorker({ hang: { run: async (_data, { number }) => void attempts.push(number) } });
  await waitForState('hang', id, 'done', 25_000);
  expect(attempts).toEqual([2]);
  expect(performance.now() - killedAt).toBeLessThan(20_000);
});
