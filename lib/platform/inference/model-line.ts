import { type CrashBreaker, crashesAllowed, createCrashBreaker } from '@/lib/platform/inference/crash-breaker';
import { HostEnded, type HostProcess } from '@/lib/platform/inference/host-process';
import {
  endedFault,
  type InferenceLimits,
  modelRefused,
  waitedTooLong,
} from '@/lib/platform/inference/inference-faults';
import type { HostTask, ImagePrediction } from '@/lib/platform/inference/inference-messages';

type PredictTask = Extract<HostTask, { kind: 'predict' }>;

type Job = {
  readonly task: PredictTask;
  readonly queuedAt: number;
  readonly resolve: (prediction: ImagePrediction) => void;
  readonly reject: (error: Error) => void;
  /** True once the caller has gone: nobody waits for the answer. */
  readonly isAbandoned: () => boolean;
  /** How often a host ended while this job stood behind another one. */
  strandings: number;
};

/** One image at the network, one decoded and waiting for it, one on its way: more would only hold memory. */
const jobsAhead = 3;

/** A job whose host ends under another one's feet gets this many fresh hosts. */
const freshHosts = 1;

type LineEvents = {
  /** A job was answered after `milliseconds` at the head of its host. */
  answered(milliseconds: number): void;
  /** There may be room for something: a host has become idle or has ended. */
  changed(): void;
};

export type ModelLine = {
  readonly sha256: string;
  readonly file: string;
  readonly waitingCount: number;
  readonly runningCount: number;
  /** When the first of the waiting jobs was added, or null when none waits; milliseconds. */
  readonly waitingSince: number | null;
  readonly host: HostProcess | null;
  /** When a job was last added or answered; milliseconds. */
  readonly lastUsedAt: number;
  /** Throws `DomainError` (UNAVAILABLE) while the model rests after crashes. */
  add(job: Job): void;
  /** Gives the line its process. */
  attach(host: HostProcess): void;
  /** Ends the process of an idle line. */
  retire(): void;
  /** Fails all that waits, as when no process can be started. */
  failWaiting(error: Error): void;
  /** Fails everything and ends the process. */
  close(error: Error): void;
  /** Lets go of the jobs that have waited longer than a deadline, or that nobody wants any more. */
  sweep(now: number): void;
};

/**
 * The jobs of one model, in order, and the process that does them. The job at the head of the process has a deadline; when the
 * process ends, the head is told why, and those behind it, who are not to blame, go to a fresh one.
 */
export function createModelLine(sha256: string, file: string, limits: InferenceLimits, events: LineEvents): ModelLine {
  const breaker: CrashBreaker = createCrashBreaker();
  let waiting: Job[] = [];
  let running: Job[] = [];
  let host: HostProcess | null = null;
  let lastUsedAt = performance.now();
  let headSince = 0;
  let deadline: NodeJS.Timeout | undefined;

  function fill(): void {
    while (host !== null && running.length < jobsAhead) {
      const job = waiting.shift();
      if (job === undefined) return;
      if (job.isAbandoned()) continue;
      running.push(job);
      if (running.length === 1) startClock(host);
      void follow(job, host);
    }
  }

  function startClock(current: HostProcess): void {
    clearTimeout(deadline);
    headSince = performance.now();
    deadline = setTimeout(() => current.end('deadline'), limits.deadlineMs);
  }

  async function follow(job: Job, current: HostProcess): Promise<void> {
    try {
      const prediction = await current.run(job.task);
      breaker.answered();
      job.resolve(prediction);
    } catch (error) {
      // The end of the host concerns all its jobs at once: see `hostEnded`.
      if (error instanceof HostEnded) return;
      job.reject(error instanceof Error ? error : new Error(String(error)));
    }
    running = running.filter((other) => other !== job);
    lastUsedAt = performance.now();
    events.answered(lastUsedAt - headSince);
    clearTimeout(deadline);
    if (running.length > 0) startClock(current);
    fill();
    events.changed();
  }

  function hostEnded(ended: HostEnded): void {
    clearTimeout(deadline);
    host = null;
    const [head, ...behind] = running;
    running = [];
    head?.reject(endedFault('predict', ended, limits));
    for (const job of behind.reverse()) {
      job.strandings += 1;
      if (job.strandings > freshHosts) job.reject(endedFault('predict', ended, limits));
      else waiting.unshift(job);
    }
    if (ended.reason !== 'retired') breaker.crashed(performance.now());
    const refusal = refusalOf(breaker);
    if (refusal !== null) failWaiting(refusal);
    events.changed();
  }

  function retire(): void {
    const retired = host;
    host = null;
    retired?.end('retired');
  }

  function failWaiting(error: Error): void {
    const failed = waiting;
    waiting = [];
    for (const job of failed) job.reject(error);
  }

  return {
    sha256,
    file,
    get waitingCount() {
      return waiting.length;
    },
    get runningCount() {
      return running.length;
    },
    get waitingSince() {
      return waiting[0]?.queuedAt ?? null;
    },
    get host() {
      return host;
    },
    get lastUsedAt() {
      return lastUsedAt;
    },
    add(job) {
      const refusal = refusalOf(breaker);
      if (refusal !== null) throw refusal;
      lastUsedAt = performance.now();
      waiting.push(job);
      fill();
    },
    attach(started) {
      host = started;
      void started.ended.then((ended) => {
        if (host === started) hostEnded(ended);
      });
      fill();
    },
    retire,
    failWaiting,
    close(error) {
      clearTimeout(deadline);
      failWaiting(error);
      for (const job of running) job.reject(error);
      running = [];
      retire();
    },
    sweep(now) {
      const overdue = waiting.filter((job) => now - job.queuedAt > limits.deadlineMs);
      waiting = waiting.filter((job) => !job.isAbandoned() && !overdue.includes(job));
      for (const job of overdue) job.reject(waitedTooLong(limits.deadlineMs, Math.ceil(limits.deadlineMs / 1000)));
    },
  };
}

function refusalOf(breaker: CrashBreaker): Error | null {
  const milliseconds = breaker.refusedMs(performance.now());
  return milliseconds === 0 ? null : modelRefused(crashesAllowed, Math.ceil(milliseconds / 1000));
}
