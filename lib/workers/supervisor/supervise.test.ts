import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startEmbeddedPostgres } from '@/lib/platform/db/embedded-postgres';
import { isAlive } from '@/lib/platform/db/postmaster';

const program = fileURLToPath(new URL('../test-support/run-supervisor.ts', import.meta.url));
const patience = { timeout: 20_000, interval: 50 };

let folder: string;
let port: number;
let running: Supervisor[] = [];

type Supervisor = { readonly process: ChildProcess; output(): string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-supervisor-'));
  await chmod(folder, 0o755);
  port = await freePort();
});
afterEach(async () => {
  for (const supervisor of running) await stop(supervisor);
  running = [];
});
afterAll(async () => {
  // Stops what a failed test may have left.
  await (await startEmbeddedPostgres(folder)).stop();
  await rm(await realpath(join(folder, 'postgres')), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

function start(...more: string[]): Supervisor {
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder, String(port), ...more], { stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const supervisor = { process: child, output: () => output };
  running.push(supervisor);
  return supervisor;
}

async function stop({ process: child }: Supervisor): Promise<number | null> {
  child.kill('SIGTERM');
  return exitOf(child);
}

function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}

function said(supervisor: Supervisor, line: string | RegExp): Promise<void> {
  return vi.waitFor(() => expect(supervisor.output()).toMatch(line), patience);
}

async function web(): Promise<{ processId: number; url: string }> {
  return vi.waitFor(async () => (await fetch(`http://127.0.0.1:${port}/`)).json(), patience);
}

async function databaseProcess(): Promise<number> {
  const text = await readFile(join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
  return Number.parseInt(text, 10);
}

async function answers(url: string): Promise<void> {
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select 1');
  } finally {
    await client.end();
  }
}

/** Kills the server's process for a connection: PostgreSQL then restarts all its processes but the first. */
async function killConnection(url: string): Promise<void> {
  const client = new Client(url);
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const broken = new Promise((resolve) => client.once('end', resolve));
  process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
  await broken;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

test('starts a prepared database, a web server and a worker, and stops them in order', async () => {
  const supervisor = start();
  const { processId, url } = await web();
  await answers(url);
  await said(supervisor, /worker \d+ ready/);
  expect(await stop(supervisor)).toBe(0);
  expect(supervisor.output()).toMatch(
    /PostgreSQL runs on [\s\S]*prepared\n[\s\S]*web ready[\s\S]*web stops\n[\s\S]*worker stops\n[\s\S]*ends with 0/,
  );
  expect(isAlive(processId)).toBe(false);
  await expect(answers(url)).rejects.toThrow();
});

test('a second start on the same data says who works there, and disturbs nothing', async () => {
  const first = start();
  const { url } = await web();
  const second = start();
  expect(await exitOf(second.process)).toBe(1);
  expect(second.output()).toContain(`Another Sightline (process ${first.process.pid}) already works on ${folder}`);
  await answers(url);
});

test('a worker or a database that was killed starts again, while the web server goes on', async () => {
  const supervisor = start();
  const before = await web();
  await said(supervisor, /worker \d+ ready/);
  const worker = Number(/worker (\d+) ready/.exec(supervisor.output())?.[1]);
  process.kill(worker, 'SIGKILL');
  await said(supervisor, /The worker was killed; it starts again[\s\S]*worker \d+ ready/);
  process.kill(await databaseProcess(), 'SIGKILL');
  await said(supervisor, 'PostgreSQL ended unexpectedly');
  await vi.waitFor(() => answers(before.url), patience);
  expect(await web()).toEqual(before);
});

test('a web server that was killed or ended by itself starts again, on the same database', async () => {
  const supervisor = start();
  const first = await web();
  process.kill(first.processId, 'SIGKILL');
  await said(supervisor, /The web server was killed; it starts again[\s\S]*web ready/);
  const second = await web();
  expect(second).toEqual({ processId: expect.any(Number), url: first.url });
  expect(second.processId).not.toBe(first.processId);
  await fetch(`http://127.0.0.1:${port}/die`).catch(() => undefined);
  await said(supervisor, /The web server ended with status 7; it starts again[\s\S]*web ready/);
  expect((await web()).url).toBe(first.url);
  expect(await stop(supervisor)).toBe(0);
});

test('a web server that cannot start stops all with its status', async () => {
  const supervisor = start('3');
  expect(await exitOf(supervisor.process)).toBe(3);
  expect(supervisor.output()).toMatch(/The web server could not start \(status 3\)[\s\S]*ends with 3/);
  await expect(readFile(join(folder, 'postgres', 'cluster', 'postmaster.pid'))).rejects.toThrow('ENOENT');
});

test('a second signal ends a preparation that takes too long, and the database with it', async () => {
  const supervisor = start('endless');
  await said(supervisor, 'prepares');
  supervisor.process.kill('SIGTERM');
  supervisor.process.kill('SIGINT');
  expect(await exitOf(supervisor.process)).toBe(0);
  await expect(readFile(join(folder, 'postgres', 'cluster', 'postmaster.pid'))).rejects.toThrow('ENOENT');
});

test('after a crash inside PostgreSQL the data stay held against a second start', async () => {
  const first = start();
  const { url } = await web();
  await killConnection(url);
  await said(first, /PostgreSQL ended unexpectedly[\s\S]*is used again/);
  const second = start();
  expect(await exitOf(second.process)).toBe(1);
  expect(second.output()).toContain(`Another Sightline (process ${first.process.pid}) already works on ${folder}`);
});

test('after a killed supervisor the programs leave, and the next start takes the database over', async () => {
  const killed = start();
  const { processId, url } = await web();
  await said(killed, /worker \d+ ready/);
  const worker = Number(/worker (\d+) ready/.exec(killed.output())?.[1]);
  const database = await databaseProcess();
  killed.process.kill('SIGKILL');
  await exitOf(killed.process);
  const next = start();
  await said(next, 'was still running and is used again');
  await said(next, /worker \d+ ready/);
  const after = await web();
  expect(after.url).toBe(url);
  expect(after.processId).not.toBe(processId);
  expect(await databaseProcess()).toBe(database);
  await vi.waitFor(() => expect([processId, worker].filter(isAlive)).toEqual([]), patience);
});
