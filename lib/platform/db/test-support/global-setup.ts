import { mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isAlive, postmasterStatus, processEnded, stopPostmaster } from '@/lib/platform/db/postmaster';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's PostgreSQL is, or will be once a test asks for it. */
    testClusterFolder: string;
  }
}

const prefix = 'sightline-unit-';
const folder = join(tmpdir(), `${prefix}${process.pid}`);

/** Names the folder of the run's PostgreSQL, and ends those of earlier runs that were killed. */
export async function setup(project: TestProject): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length) : Number.NaN);
    if (Number.isInteger(pid) && !isAlive(pid)) await removeCluster(join(tmpdir(), name));
  }
  await removeCluster(folder);
  await mkdir(folder);
  project.provide('testClusterFolder', folder);
}

export async function teardown(): Promise<void> {
  await removeCluster(folder);
}

async function removeCluster(run: string): Promise<void> {
  // Not always below the run's folder: see clusterPlace.
  const place = await realpath(join(run, 'postgres')).catch(() => null);
  if (place !== null) {
    const status = await postmasterStatus(join(place, 'cluster'));
    if (status.kind !== 'none') await stopPostmaster({ ...status, ended: processEnded(status.pid) }, 10_000);
    await rm(place, { recursive: true, force: true });
  }
  await rm(run, { recursive: true, force: true });
}
