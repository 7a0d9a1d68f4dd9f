import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A PostgreSQL server process. */
export type Postmaster = {
  readonly pid: number;
  readonly port: number;
  /** Resolves when the process is gone, however it ended. */
  readonly ended: Promise<void>;
};

/** What the server says of itself in its data folder; `starting` covers recovery after a crash. */
export type PostmasterStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'starting' | 'ready' | 'stopping'; readonly pid: number; readonly port: number };

const pollMilliseconds = 25;

/**
 * The server that runs on `cluster`, by its postmaster.pid. A file whose server is gone is removed, because after a restart
 * of the machine or its container another program may have that number, and PostgreSQL would refuse to start.
 */
export async function postmasterStatus(cluster: string): Promise<PostmasterStatus> {
  const file = join(cluster, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (Number.isNaN(pid)) return { kind: 'none' };
  if (!(await servesCluster(pid, cluster))) {
    await rm(file, { force: true });
    return { kind: 'none' };
  }
  const port = Number.parseInt(lines[3] ?? '', 10);
  const word = lines[7]?.trim();
  const kind = word === 'ready' || word === 'stopping' ? word : 'starting';
  return { kind, pid, port };
}

/** Waits while the server on `cluster` starts or stops; the answer is `none` or `ready`. Throws after `patience` milliseconds. */
export async function settledPostmaster(cluster: string, patience: number): Promise<PostmasterStatus> {
  const deadline = Date.now() + patience;
  for (;;) {
    const status = await postmasterStatus(cluster);
    if (status.kind === 'none' || status.kind === 'ready') return status;
    if (Date.now() > deadline) {
      throw new Error(
        `PostgreSQL (process ${status.pid}) has been ${status.kind} for ${Math.round(patience / 1000)} seconds. Its log is beside ${cluster}.`,
      );
    }
    await wait(pollMilliseconds);
  }
}

/** Resolves when the process is gone. It is looked for, because an adopted server is not our child. */
export async function processEnded(pid: number): Promise<void> {
  while (isAlive(pid)) await wait(pollMilliseconds * 4, undefined, { ref: false });
}

/**
 * Ends the server: open transactions are rolled back, all else is written. Where that takes longer than `patience`
 * milliseconds it stops at once, and the next start recovers.
 */
export async function stopPostmaster({ pid, ended }: Postmaster, patience: number): Promise<void> {
  // PostgreSQL's words for these signals: fast and immediate shutdown.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!signalProcess(pid, signal)) return;
    const late = new AbortController();
    await Promise.race([ended, wait(patience, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    if (!isAlive(pid)) return;
  }
}

/** Whether the process runs. One that ended stays listed until its parent looks, which not every parent does: it does not count. */
export function isAlive(pid: number): boolean {
  return signalProcess(pid, 0) && !hasEnded(pid);
}

/** By Linux's table of processes: the letter after the name in parentheses, which may contain anything. */
function hasEnded(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return false;
  try {
    const text = readFileSync(file, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    // It ended between the two looks.
    return true;
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    // EPERM: it is there, but belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether the process is a server on that folder, by its command line, and not another one with a number used again. */
async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  return (await commandLine(pid)).includes(cluster);
}

async function commandLine(pid: number): Promise<string> {
  if (existsSync('/proc/self/cmdline')) return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const listed = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return listed.stdout;
}
