import type { Transaction } from '@/lib/platform/db/database';
import type { JobData, JobDefinitions, JobName } from '@/lib/platform/jobs/job-definition';
import type { jobDefinitions } from '@/lib/platform/jobs/job-definitions';

export type EnqueueOptions = {
  /** The job exists exactly when this transaction commits. */
  readonly transaction?: Transaction;
  readonly startAfter?: Date;
  /** While a job of this name and key waits for its first try, no second one is added. */
  readonly singletonKey?: string;
  /** Replaces the definition's. */
  readonly retryLimit?: number;
};

/** Where a job is. A job whose try failed waits again until its tries are used up. */
export type JobProgress =
  | { readonly state: 'waiting' }
  | { readonly state: 'running'; readonly startedAt: Date }
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly reason: string };

/** Work handed to the worker processes. Whatever was enqueued is done, tried again, or failed with a reason. */
export type JobQueue<Definitions extends JobDefinitions> = {
  /** The new job's id, or null where `singletonKey` found one waiting. */
  enqueue<Name extends JobName<Definitions>>(
    name: Name,
    data: JobData<Definitions, Name>,
    options?: EnqueueOptions,
  ): Promise<string | null>;
  /** Null for a job that never was, or that was done or failed more than a week ago. */
  find(name: JobName<Definitions>, id: string): Promise<JobProgress | null>;
  /** When a worker last gave a sign of life (one does every few seconds); null when none ever did. */
  workerSeenAt(): Promise<Date | null>;
  close(): Promise<void>;
};

/** The jobs of the product. */
export type Jobs = JobQueue<typeof jobDefinitions>;

/** One try of a job. */
type JobTry = {
  readonly id: string;
  /** 1 for the first try. */
  readonly number: number;
  /** Aborted when the deadline passed, the worker stops, or another worker took the job over: leave, writing nothing more. */
  readonly signal: AbortSignal;
};

/** What a worker does with a kind of job. */
type JobHandler<Data> = {
  /** Does the work, or throws what a log can tell. It may run twice: a process can die between the work and its receipt. */
  run(data: Data, attempt: JobTry): Promise<void>;
  /** Called once after the last try failed, to write the failure where people look. */
  giveUp?(data: Data, reason: string): Promise<void>;
};

export type JobHandlers<Definitions extends JobDefinitions> = {
  readonly [Name in JobName<Definitions>]: JobHandler<JobData<Definitions, Name>>;
};
