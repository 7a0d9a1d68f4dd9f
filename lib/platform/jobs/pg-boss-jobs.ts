import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { fromDrizzle, type JobWithMetadata, type PgBoss, type SendOptions } from 'pg-boss';
import type { Logger } from 'pino';
import { createBoss, keepQueues, queuesWatchedAt } from '@/lib/platform/jobs/boss';
import type { JobDefinitions } from '@/lib/platform/jobs/job-definition';
import { jobDefinitions } from '@/lib/platform/jobs/job-definitions';
import type { EnqueueOptions, JobProgress, JobQueue, Jobs } from '@/lib/platform/jobs/jobs';

/** Enqueueing is one short statement. */
const enqueuerPoolSize = 2;

export type JobsPart = { readonly url: string; readonly log: Logger };

/** The product's jobs at the database of `url`, for enqueueing; `runJobs` does them. Connects on the first use. */
export async function connectJobs(part: JobsPart): Promise<Jobs> {
  return connectJobQueue(part, jobDefinitions);
}

/** As `connectJobs`, for any table of definitions. `installJobs` must have run with the same one. */
export function connectJobQueue<Definitions extends JobDefinitions>(
  { url, log }: JobsPart,
  definitions: Definitions,
): JobQueue<Definitions> {
  let starting: Promise<PgBoss> | null = null;
  /** One start for all callers; the next caller tries again when it failed. */
  function started(): Promise<PgBoss> {
    starting ??= createBoss({ url, log, poolSize: enqueuerPoolSize, role: 'enqueuer' })
      .start()
      .catch((error: unknown) => {
        starting = null;
        throw error;
      });
    return starting;
  }
  return {
    async enqueue(name, data, options = {}) {
      const boss = await started();
      const checked = definitions[name]?.data.parse(data);
      return boss.send(name, checked, sendOptions(options));
    },
    async find(name, id) {
      const boss = await started();
      const [job] = await boss.findJobs<object>(name, { id });
      return job === undefined ? null : progressOf(job);
    },
    async workerSeenAt() {
      return queuesWatchedAt(await started());
    },
    async close() {
      const boss = await starting?.catch(() => null);
      await boss?.stop({ graceful: false });
    },
  };
}

/** Makes or updates the tables and queues of the jobs. Several processes may do so at once. */
export async function installJobs(part: JobsPart, definitions: JobDefinitions = jobDefinitions): Promise<void> {
  const boss = createBoss({ ...part, poolSize: 1, role: 'installer' });
  try {
    await boss.start();
    await keepQueues(boss, definitions);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Why a job failed, from what pg-boss kept of the error. */
export function failureReason(output: unknown): string {
  if (typeof output !== 'object' || output === null) return 'The job failed without a reason.';
  if ('message' in output && typeof output.message === 'string') {
    return output.message === 'job heartbeat timeout' ? 'Its worker process ended unexpectedly.' : output.message;
  }
  return 'value' in output ? failureReason(output.value) : JSON.stringify(output);
}

function sendOptions({ transaction, startAfter, singletonKey, retryLimit }: EnqueueOptions): SendOptions {
  return {
    // Where no key is given, a random one: the queues' policy allows one waiting job per key, none being a key too.
    singletonKey: singletonKey ?? randomUUID(),
    ...(startAfter === undefined ? {} : { startAfter }),
    ...(retryLimit === undefined ? {} : { retryLimit }),
    ...(transaction === undefined ? {} : { db: fromDrizzle(transaction, sql) }),
  };
}

function progressOf(job: JobWithMetadata<object>): JobProgress {
  switch (job.state) {
    case 'created':
    case 'retry':
      return { state: 'waiting' };
    case 'active':
      return { state: 'running', startedAt: job.startedOn };
    case 'completed':
      return { state: 'done' };
    case 'cancelled':
      return { state: 'failed', reason: 'The job was cancelled.' };
    case 'failed':
      return { state: 'failed', reason: failureReason(job.output) };
  }
}
