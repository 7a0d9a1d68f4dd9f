import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startEmbeddedPostgres } from '@/lib/platform/db/embedded-postgres';
import { postmasterStatus } from '@/lib/platform/db/postmaster';
import { keepOwnDatabase } from '@/lib/workers/supervisor/own-database';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-own-database-'));
  await chmod(folder, 0o755);
});
afterAll(async () => {
  // Stops what a failed test may have left.
  await (await startEmbeddedPostgres(folder)).stop();
  await rm(await realpath(join(folder, 'postgres')), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

const cluster = () => join(folder, 'postgres', 'cluster');

async function killServer(): Promise<void> {
  const text = await readFile(join(cluster(), 'postmaster.pid'), 'utf8');
  process.kill(Number.parseInt(text, 10), 'SIGKILL');
}

test('told to stop while the database starts again, leaves no server behind', async () => {
  const said: string[] = [];
  const database = await keepOwnDatabase(folder, (line) => said.push(line));
  await killServer();
  await vi.waitFor(() => expect(said).toContain('PostgreSQL ended unexpectedly; it starts again.'), { timeout: 5000 });
  await database.stop();
  // What was being started would have been ready by then.
  const next = await startEmbeddedPostgres(folder);
  expect(next.origin).toBe('started');
  await next.stop();
  expect(await postmasterStatus(cluster())).toEqual({ kind: 'none' });
});

test('stops a database that goes on as it should', async () => {
  const database = await keepOwnDatabase(folder, () => undefined);
  await database.stop();
  expect(await postmasterStatus(cluster())).toEqual({ kind: 'none' });
});
