import { setTimeout as wait } from 'node:timers/promises';
import { type ChildProgram, type Program, startProgram } from '@/lib/workers/supervisor/child-program';

/** The pause after the first crash; doubled with each further one. */
const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 30_000;

/** A program that ran so long crashed for another reason than the last time. */
const healthyMilliseconds = 60_000;

type Keeping = {
  readonly program: Program;
  readonly name: string;
  /**
   * `keep-trying`: another start may succeed. `give-up`: a program that ends with a status before it was ever ready, as one
   * does whose port is taken, would do so again.
   */
  readonly onFailedStart: 'keep-trying' | 'give-up';
  say(line: string): void;
};

export type KeptProgram = Pick<ChildProgram, 'stop'> & {
  /** The exit status with which it was given up. */
  readonly givenUp: Promise<number>;
};

/** Starts the program and starts it again whenever it ends, until stopped. `say` is told of each time. */
export function keepRunning({ program, name, onFailedStart, say }: Keeping): KeptProgram {
  const stopping = new AbortController();
  let current: ChildProgram;
  let pause = firstPauseMilliseconds;
  let wasReady = onFailedStart === 'keep-trying';

  /** The status it was given up with; null when it was stopped. */
  async function run(): Promise<number | null> {
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      current = startProgram(program);
      current.ready.then(() => {
        wasReady = true;
      });
      const status = await current.ended;
      if (stopping.signal.aborted) return null;
      if (status !== null && !wasReady) return status;
      if (performance.now() - startedAt > healthyMilliseconds) pause = firstPauseMilliseconds;
      const how = status === null ? 'was killed' : `ended with status ${status}`;
      say(`The ${name} ${how}; it starts again in ${pause / 1000} s.`);
      await wait(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, longestPauseMilliseconds);
    }
    return null;
  }

  const running = run();
  return {
    givenUp: running.then((status) => status ?? new Promise<never>(() => undefined)),
    async stop(patience, hurry) {
      stopping.abort();
      await current.stop(patience, hurry);
      await running;
    },
  };
}
