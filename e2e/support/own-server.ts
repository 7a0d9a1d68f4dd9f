import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { callApi } from './api';
import { initialAccount } from './initial-account';
import { processTree, runningProcesses } from './process-table';

export type Part = 'web server' | 'worker' | 'database' | 'supervisor';

/** How long anything may take to be back. */
const patienceMilliseconds = 60_000;
const lookMilliseconds = 100;

/** A server for one journey: `npm start` on a port and a data folder of its own, the folder's name with spaces in it. */
export class OwnServer {
  readonly origin: string;
  readonly dataFolder: string;
  #settings: Readonly<Record<string, string>>;
  #port: number;
  #supervisor: ChildProcess | null = null;
  #output = '';
  /** The web server of a killed supervisor, which ends its requests: its answers are not those of the next start. */
  #leaving: number | null = null;
  /** Command lines by process number. */
  #seen = new Map<number, string>();

  private constructor(port: number, dataFolder: string, settings: Readonly<Record<string, string>>) {
    this.#port = port;
    this.#settings = settings;
    this.origin = `http://localhost:${port}`;
    this.dataFolder = dataFolder;
  }

  /** `settings`: further environment variables. */
  static async make(settings: Readonly<Record<string, string>> = {}): Promise<OwnServer> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'sightline data of a journey '));
    // What mkdtemp makes is closed to others, also to the account PostgreSQL runs as when the tests run as root.
    await chmod(dataFolder, 0o755);
    return new OwnServer(await freePort(), dataFolder, settings);
  }

  /** Starts it and waits until it answers. */
  async start(): Promise<void> {
    const { DATABASE_URL: _, ...environment } = process.env;
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...environment,
        NODE_ENV: 'production',
        PORT: String(this.#port),
        DATA_DIR: this.dataFolder,
        LOG_LEVEL: 'warn',
        LIMITS_OFF: '1',
        SIGHTLINE_INIT_EMAIL: initialAccount.email,
        SIGHTLINE_INIT_PASSWORD: initialAccount.password,
        SIGHTLINE_INIT_USERNAME: initialAccount.username,
        SIGHTLINE_INIT_API_KEY: initialAccount.key,
        SIGHTLINE_INIT_PLAN: 'enterprise',
        ...this.#settings,
      },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    this.#supervisor = child;
    await this.process('web server');
    await until(async () => (this.#isRunning(this.#leaving) ? null : true), 'the last web server has left');
    await this.answers();
  }

  /** Everything it has printed. */
  output(): string {
    return this.#output;
  }

  /** Waits until a request that needs the database is answered. */
  async answers(): Promise<void> {
    await until(async () => {
      const { status } = await callApi('GET', '/api/projects?limit=1', { server: this.origin });
      return status === 200 ? true : null;
    }, 'the server answers');
  }

  /** The number of the process of a part, once it has one other than `old`. */
  process(part: Part, old?: number): Promise<number> {
    return until(async () => {
      const pid = await this.#find(part);
      return pid === undefined || pid === old ? null : pid;
    }, `there is a process of the ${part}`);
  }

  async kill(part: Part): Promise<void> {
    const pid = await this.process(part);
    if (part === 'supervisor') this.#leaving = await this.process('web server');
    const isEnded = part === 'supervisor' ? this.#ended() : Promise.resolve();
    process.kill(pid, 'SIGKILL');
    await isEnded;
  }

  /** Asks it to stop; gives its exit status. */
  async stop(): Promise<number | null> {
    if (this.#supervisor === null) return null;
    await this.#find('supervisor');
    const ended = this.#ended();
    this.#supervisor.kill('SIGTERM');
    await ended;
    return this.#supervisor.exitCode;
  }

  /** Waits until none of the processes lives that were ever looked at. */
  async leftNothingRunning(): Promise<void> {
    await until(async () => {
      // A number may have been given to another program meanwhile.
      const left = runningProcesses().filter(({ pid, command }) => this.#seen.get(pid) === command);
      return left.length === 0 ? true : null;
    }, 'all its processes have ended');
  }

  async remove(): Promise<void> {
    // As root its account may not enter every temporary folder: then the files are elsewhere.
    await rm(await realpath(join(this.dataFolder, 'postgres')), { recursive: true, force: true });
    await rm(this.dataFolder, { recursive: true, force: true });
  }

  /** The address of its database, as it is kept beside the files. */
  async databaseUrl(): Promise<string> {
    const { port, password } = JSON.parse(await readFile(join(this.dataFolder, 'postgres', 'settings.json'), 'utf8'));
    return `postgres://sightline:${password}@127.0.0.1:${port}/sightline`;
  }

  #isRunning(pid: number | null): boolean {
    return runningProcesses().some((one) => one.pid === pid);
  }

  async #find(part: Part): Promise<number | undefined> {
    const supervisor = this.#supervisor?.pid;
    if (supervisor === undefined) throw new Error('The server was not started.');
    const running = runningProcesses();
    const tree = processTree(running, supervisor);
    const database = Number.parseInt(await readFile(this.#lockFile(), 'utf8').catch(() => ''), 10);
    for (const { pid, command } of [...tree, ...processTree(running, database)]) this.#seen.set(pid, command);
    switch (part) {
      case 'supervisor':
        return supervisor;
      case 'database':
        return Number.isNaN(database) ? undefined : database;
      case 'web server':
        return tree.find(({ command }) => /serve\.mjs|next-server/.test(command))?.pid;
      case 'worker':
        return tree.find(({ command }) => /lib\/workers\/worker|sightline-worker/.test(command))?.pid;
    }
  }

  #lockFile(): string {
    return join(this.dataFolder, 'postgres', 'cluster', 'postmaster.pid');
  }

  #ended(): Promise<void> {
    const child = this.#supervisor;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => child.once('exit', () => resolve()));
  }
}

/** Looks until `look` finds something; an error is as good as nothing, until the patience ends. */
export async function until<T>(look: () => Promise<T | null>, what: string): Promise<T> {
  const deadline = Date.now() + patienceMilliseconds;
  let last: unknown;
  while (Date.now() < deadline) {
    const found = await look().catch((error: unknown) => {
      last = error;
      return null;
    });
    if (found !== null) return found;
    await wait(lookMilliseconds);
  }
  throw new Error(`Waited ${patienceMilliseconds / 1000} s in vain until ${what}.`, { cause: last });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No free port was found.'));
        else resolve(address.port);
      });
    });
  });
}
