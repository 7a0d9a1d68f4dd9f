import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Environment } from '@/lib/core/env';
import { type Program, startProgram } from '@/lib/workers/supervisor/child-program';
import { keepRunning } from '@/lib/workers/supervisor/keep-running';
import { keepOwnDatabase, type OwnDatabase } from '@/lib/workers/supervisor/own-database';

export type Supervision = {
  readonly settings: Environment;
  /** What the programs inherit; the database's address is added. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where the programs run. */
  readonly folder: string;
  /** What node runs, with its options before it: first the preparation, to its end, then the others together. */
  readonly preparation: readonly string[];
  readonly web: readonly string[];
  readonly worker: readonly string[];
  say(line: string): void;
};

const webPatience = 15_000;
/** The worker itself needs up to 20 seconds for handing jobs back. */
const workerPatience = 25_000;
/** How long the web server of a killed supervisor may take to leave its port. */
const portPatience = 20_000;

/**
 * Runs the database (unless DATABASE_URL names one), the web server and a worker until SIGINT, SIGTERM or SIGHUP, starting
 * again what crashes or is killed; then stops the web server, the worker and the database, in this order. A second signal kills
 * the programs, or the preparation. Returns the exit status: 0 when asked to stop, else that of a preparation or web server that could not start.
 * Throws when the database does not start.
 */
export async function supervise(supervision: Supervision): Promise<number> {
  const { settings, say } = supervision;
  const signals = listenForSignals();
  const dataFolder = path.resolve(settings.DATA_DIR);
  const own = settings.DATABASE_URL === undefined ? await keepOwnDatabase(dataFolder, say) : null;
  try {
    const url = own?.url ?? settings.DATABASE_URL;
    const environment = { ...supervision.environment, DATABASE_URL: url, DATA_DIR: dataFolder };
    const shared = { environment, folder: supervision.folder };
    if (signals.asked.aborted) return 0;
    const prepared = await prepare({ ...shared, command: supervision.preparation }, signals);
    if (signals.asked.aborted) return 0;
    if (prepared !== 0) return prepared ?? 1;
    await portLeft(settings.PORT, say, signals.asked);
    if (signals.asked.aborted) return 0;
    return await runPrograms(supervision, shared, own, signals);
  } finally {
    await own?.stop();
    signals.end();
  }
}

/** The exit status of the preparation. What it began it may end; a second signal kills it, as it does the programs. */
async function prepare(program: Program, { hurry }: Signals): Promise<number | null> {
  const preparation = startProgram(program);
  const kill = () => void preparation.stop(0, hurry);
  hurry.addEventListener('abort', kill, { once: true });
  const status = await preparation.ended;
  hurry.removeEventListener('abort', kill);
  return status;
}

async function runPrograms(
  { web, worker, say }: Supervision,
  shared: Omit<Program, 'command'>,
  own: OwnDatabase | null,
  signals: Signals,
): Promise<number> {
  const keptWeb = keepRunning({
    program: { ...shared, command: web },
    name: 'web server',
    onFailedStart: 'give-up',
    say,
  });
  const keptWorker = keepRunning({
    program: { ...shared, command: worker },
    name: 'worker',
    onFailedStart: 'keep-trying',
    say,
  });
  const { status, line } = await Promise.race<{ status: number; line: string }>([
    signals.whenAsked.then(() => ({ status: 0, line: 'Stopping…' })),
    keptWeb.givenUp.then((status) => ({
      status,
      line: `The web server could not start (status ${status}): stopping the rest.`,
    })),
    lossOf(own).then((reason) => ({ status: 1, line: `PostgreSQL cannot go on: ${reason}` })),
  ]);
  say(line);
  await keptWeb.stop(webPatience, signals.hurry);
  await keptWorker.stop(workerPatience, signals.hurry);
  return status;
}

function lossOf(own: OwnDatabase | null): Promise<string> {
  return own?.lost ?? new Promise(() => undefined);
}

type Signals = {
  readonly whenAsked: Promise<void>;
  readonly asked: AbortSignal;
  /** Aborted by a second signal. */
  readonly hurry: AbortSignal;
  end(): void;
};

function listenForSignals(): Signals {
  const asked = new AbortController();
  const hurry = new AbortController();
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  function listen(): void {
    if (asked.signal.aborted) hurry.abort();
    asked.abort();
  }
  for (const name of names) process.on(name, listen);
  return {
    whenAsked: new Promise((resolve) => asked.signal.addEventListener('abort', () => resolve())),
    asked: asked.signal,
    hurry: hurry.signal,
    end() {
      for (const name of names) process.off(name, listen);
    },
  };
}

/** Waits while the port is taken: it may be by a server that is about to leave. One that stays is for the web server to tell. */
async function portLeft(port: number, say: (line: string) => void, asked: AbortSignal): Promise<void> {
  if (port === 0 || (await isFree(port))) return;
  say(`Port ${port} is taken. Waiting up to ${portPatience / 1000} s for its server to leave…`);
  const deadline = Date.now() + portPatience;
  while (!asked.aborted && Date.now() < deadline && !(await isFree(port))) await wait(100);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    // Whatever else hinders, such as a port only root may take, the web server tells.
    probe.on('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}
