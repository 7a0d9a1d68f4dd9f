import type { z } from 'zod';

/** What a kind of job carries and how it is tried. */
export type JobDefinition = {
  /** Ids and small facts, never bytes; read again when the job runs, because another version may have written them. */
  readonly data: z.ZodType<object>;
  /** Tries after the first one, when a try throws or its process dies. */
  readonly retryLimit: number;
  /** Wait before the second try; doubled before each further one. */
  readonly retryDelaySeconds: number;
  /** A try that takes longer has failed. */
  readonly deadlineSeconds: number;
  /** How many of these one worker process does at once. */
  readonly concurrency: number;
  /** When the job enqueues itself with empty data: five cron fields, UTC. */
  readonly schedule?: string;
};

export type JobDefinitions = Readonly<Record<string, JobDefinition>>;

export type JobName<Definitions extends JobDefinitions> = keyof Definitions & string;

export type JobData<Definitions extends JobDefinitions, Name extends JobName<Definitions>> = z.infer<
  Definitions[Name]['data']
>;
