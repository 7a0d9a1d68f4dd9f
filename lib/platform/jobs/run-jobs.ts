import type { Job, JobWithMetadata, PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { createBoss, deadLetterQueue } from '@/lib/platform/jobs/boss';
import type { JobData, JobDefinitions, JobName } from '@/lib/platform/jobs/job-definition';
import type { JobHandlers } from '@/lib/platform/jobs/jobs';
import { failureReason } from '@/lib/platform/jobs/pg-boss-jobs';

type StopPatience = {
  /** How long jobs may come to their end by themselves, before their signals are aborted. */
  readonly finishMilliseconds: number;
  /** How long an aborted job may take to leave, before it is handed back as it is. At least a second together. */
  readonly leaveMilliseconds: number;
};

/** Less than 20 seconds, which is what supervisors commonly grant, with the time to close. */
const ordinaryPatience: StopPatience = { finishMilliseconds: 10_000, leaveMilliseconds: 8_000 };

/** A notification wakes the worker for a new job; polling finds retries, and what a broken connection missed. */
const polling = { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 2 } as const;

export type RunJobsPart<Definitions extends JobDefinitions> = {
  readonly url: string;
  readonly log: Logger;
  readonly definitions: Definitions;
  readonly handlers: JobHandlers<Definitions>;
};

export type RunningJobs = {
  /** Takes no new jobs, and lets the running ones finish or hands them back for another try. */
  stop(patience?: StopPatience): Promise<void>;
};

/** Does the jobs at the database of `url` until stopped. `installJobs` must have run with the same definitions. */
export async function runJobs<Definitions extends JobDefinitions>(
  part: RunJobsPart<Definitions>,
): Promise<RunningJobs> {
  const stopping = new AbortController();
  const boss = createBoss({ url: part.url, log: part.log, poolSize: 4, role: 'worker' });
  await boss.start();
  for (const name of namesOf(part.definitions)) await work(boss, part, name, stopping.signal);
  await boss.work(deadLetterQueue, { ...polling, includeMetadata: true }, async ([job]: JobWithMetadata<object>[]) => {
    if (job !== undefined) await giveUp(part, job);
  });
  await keepSchedules(boss, part.definitions);
  return {
    async stop({ finishMilliseconds, leaveMilliseconds } = ordinaryPatience) {
      const abort = setTimeout(() => stopping.abort(new Error('The worker stops.')), finishMilliseconds);
      // At once: `stop` ends other things first, and meanwhile a job that ends would make room for another one.
      for (const name of namesOf(part.definitions)) void boss.offWork(name, { wait: false });
      await boss.stop({ graceful: true, timeout: finishMilliseconds + leaveMilliseconds });
      clearTimeout(abort);
    },
  };
}

async function work<Definitions extends JobDefinitions, Name extends JobName<Definitions>>(
  boss: PgBoss,
  { definitions, handlers, log }: RunJobsPart<Definitions>,
  name: Name,
  stopping: AbortSignal,
): Promise<void> {
  async function runOne(job: Job<object>): Promise<void> {
    const attempt = {
      id: job.id,
      number: job.retryCount + 1,
      signal: AbortSignal.any([job.signal, stopping]),
    };
    const jobLog = log.child({ job: name, jobId: job.id, attempt: attempt.number });
    const startedAt = performance.now();
    try {
      await handlers[name].run(parseData(definitions, name, job.data), attempt);
    } catch (error) {
      jobLog.warn({ err: error }, 'The job failed');
      throw error;
    }
    jobLog.info({ milliseconds: Math.round(performance.now() - startedAt) }, 'The job is done');
  }
  for (let slot = 0; slot < (definitions[name]?.concurrency ?? 1); slot += 1) {
    const worker: string = await boss.work<object>(name, polling, async ([job]) => {
      if (job !== undefined) await runOne(job);
      // Look for the next job at once instead of at the next poll.
      boss.notifyWorker(worker);
    });
  }
}

/** Tells the handler of a job whose last try failed. Jobs of kinds that are no more are only logged. */
async function giveUp<Definitions extends JobDefinitions>(
  { definitions, handlers, log }: RunJobsPart<Definitions>,
  job: JobWithMetadata<object>,
): Promise<void> {
  const reason = failureReason(job.sourceOutput);
  log.error({ job: job.sourceName, jobId: job.sourceId, reason }, 'The job failed for good');
  const name = namesOf(definitions).find((known) => known === job.sourceName);
  if (name !== undefined) await handlers[name].giveUp?.(parseData(definitions, name, job.data), reason);
}

async function keepSchedules(boss: PgBoss, definitions: JobDefinitions): Promise<void> {
  for (const { name } of await boss.getSchedules()) {
    if (definitions[name]?.schedule === undefined) await boss.unschedule(name);
  }
  for (const [name, { schedule }] of Object.entries(definitions)) {
    // One that came due while no worker ran is made up for, once.
    if (schedule !== undefined)
      await boss.schedule(name, schedule, {}, { tz: 'UTC', missed: 'once', singletonKey: 'schedule' });
  }
}

function namesOf<Definitions extends JobDefinitions>(definitions: Definitions): JobName<Definitions>[] {
  // Keys of a string record are strings, and the record's own type lists them all.
  return Object.keys(definitions) as JobName<Definitions>[];
}

function parseData<Definitions extends JobDefinitions, Name extends JobName<Definitions>>(
  definitions: Definitions,
  name: Name,
  data: object,
): JobData<Definitions, Name> {
  // The schema under this name is what JobData infers from; TypeScript cannot follow that through the generic lookup.
  return definitions[name]?.data.parse(data) as JobData<Definitions, Name>;
}
