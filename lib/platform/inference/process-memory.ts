import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/**
 * Bytes of memory that each process really occupies (its resident set). A process that is gone is missing from the answer; so
 * are all where the system does not tell, as on Windows.
 */
export async function residentBytes(pids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  if (pids.length === 0) return new Map();
  return process.platform === 'linux' ? fromProcFiles(pids) : fromPs(pids);
}

async function fromProcFiles(pids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const bytes = new Map<number, number>();
  await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
      if (kilobytes !== undefined) bytes.set(pid, Number(kilobytes) * 1024);
    }),
  );
  return bytes;
}

/** `ps` exits with status 1 when one of the processes is gone, and still lists the others. */
async function fromPs(pids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const listed = promisify(execFile)('/bin/ps', ['-o', 'pid=,rss=', '-p', pids.join(',')]).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string }) => error.stdout ?? '',
  );
  const lines = (await listed).trim().split('\n');
  return new Map(
    lines.flatMap((line): [number, number][] => {
      const [pid, kilobytes] = line.trim().split(/\s+/).map(Number);
      return pid > 0 && kilobytes > 0 ? [[pid, kilobytes * 1024]] : [];
    }),
  );
}
