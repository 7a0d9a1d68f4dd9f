import { PgBoss, type Queue } from 'pg-boss';
import type { Logger } from 'pino';
import type { JobDefinition, JobDefinitions } from '@/lib/platform/jobs/job-definition';

/** pg-boss keeps its tables apart from ours. */
const schema = 'pgboss';

/** Where jobs go whose last try failed; a worker tells their handler from there. */
export const deadLetterQueue = 'dead-letters';

/** A worker silent for so long is taken for dead; pg-boss allows no less. */
const heartbeatSeconds = 10;

/** How often a worker looks for silent ones: a killed worker's job runs again within the two together. */
const superviseSeconds = 2;

const daySeconds = 86_400;

/** A job that no worker took in a year: long enough that none is ever dropped unseen. */
const waitingKeptSeconds = 365 * daySeconds;

/** How long the progress of done and failed jobs can be asked for. */
const endedKeptSeconds = 7 * daySeconds;

export type BossPart = {
  readonly url: string;
  readonly log: Logger;
  readonly poolSize: number;
  /** Enqueuers only add rows; workers also listen, watch heartbeats and keep the schedules; the installer makes the tables. */
  readonly role: 'enqueuer' | 'worker' | 'installer';
};

/** A pg-boss that is not started yet. Its troubles go to the log: it recovers by itself when the database is back. */
export function createBoss({ url, log, poolSize, role }: BossPart): PgBoss {
  const boss = new PgBoss({
    connectionString: url,
    application_name: `sightline-jobs-${role}`,
    schema,
    max: poolSize,
    migrate: role === 'installer',
    supervise: role === 'worker',
    schedule: role === 'worker',
    useListenNotify: role === 'worker',
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  // Without the stack: nearly always the database is away for a moment, and every queue says so.
  boss.on('error', (error) => log.warn({ reason: error.message }, 'The job queue met an error'));
  boss.on('warning', (warning) => log.warn({ warning }, 'The job queue warns'));
  return boss;
}

/** When a worker last looked after the queues, which only workers do; null when none ever did. `boss` is started. */
export async function queuesWatchedAt(boss: PgBoss): Promise<Date | null> {
  const { rows } = await boss.getDb().executeSql(`select max(monitor_on) as watched_at from ${schema}.queue`);
  const watchedAt: unknown = rows.at(0)?.watched_at;
  return watchedAt instanceof Date ? watchedAt : null;
}

/** Makes the queues of the definitions, and brings those of an earlier version up to date. `boss` is started. */
export async function keepQueues(boss: PgBoss, definitions: JobDefinitions): Promise<void> {
  const telling = { ...queueTimes, retryLimit: 20, retryDelay: 5, retryBackoff: true };
  await keepQueue(boss, { name: deadLetterQueue, policy: 'standard', ...telling });
  for (const [name, definition] of Object.entries(definitions)) await keepQueue(boss, queueOf(name, definition));
}

const queueTimes = {
  heartbeatSeconds,
  retentionSeconds: waitingKeptSeconds,
  deleteAfterSeconds: endedKeptSeconds,
  notify: true,
} as const;

function queueOf(name: string, definition: JobDefinition): Queue {
  return {
    name,
    // One waiting job per singleton key. A queue's policy can never change.
    policy: 'short',
    ...queueTimes,
    deadLetter: deadLetterQueue,
    retryLimit: definition.retryLimit,
    retryDelay: definition.retryDelaySeconds,
    retryBackoff: definition.retryDelaySeconds > 0,
    expireInSeconds: definition.deadlineSeconds,
  };
}

async function keepQueue(boss: PgBoss, { name, policy, ...options }: Queue): Promise<void> {
  await boss.createQueue(name, { ...options, policy });
  await boss.updateQueue(name, options);
}
