import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Program = {
  /** What node runs, with its options before it. */
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
};

export type ChildProgram = {
  /** Resolves when the program has sent `readyMessage`; never, when it ends before. */
  readonly ready: Promise<void>;
  /** The exit status, once it is gone; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to stop, and kills it when it does not within `patience` milliseconds or when `hurry` says so. */
  stop(patience: number, hurry: AbortSignal): Promise<void>;
};

/** What a program sends its supervisor (`process.send`) once it does its work. */
const readyMessage = 'ready';

const endWithSupervisor = fileURLToPath(new URL('../end-with-supervisor.mjs', import.meta.url));

/** Starts a Node program that shares our output and stops when we are gone. */
export function startProgram({ command, folder, environment }: Program): ChildProgram {
  const child = spawn(process.execPath, ['--import', endWithSupervisor, ...command], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Its own group: Ctrl-C in the terminal reaches only the supervisor, which stops all in order.
    detached: true,
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code));
  });
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      if (message === readyMessage) resolve();
    });
  });
  return {
    ready,
    ended,
    async stop(patience, hurry) {
      const kill = () => child.kill('SIGKILL');
      const impatience = setTimeout(kill, patience);
      hurry.addEventListener('abort', kill, { once: true });
      child.kill(hurry.aborted ? 'SIGKILL' : 'SIGTERM');
      await ended;
      clearTimeout(impatience);
      hurry.removeEventListener('abort', kill);
    },
  };
}
