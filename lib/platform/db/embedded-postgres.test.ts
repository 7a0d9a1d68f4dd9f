import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '@/lib/platform/db/embedded-postgres';

let folder: string;
let servers: EmbeddedPostgres[] = [];

beforeAll(async () => {
  folder = await newFolder();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function newFolder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'sightline-postgres-'));
  // What mkdtemp makes is closed to others; a data folder is made with the ordinary mode.
  await chmod(made, 0o755);
  return made;
}

async function start(dataFolder = folder, options: EmbeddedPostgresOptions = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres(dataFolder, options);
  servers.push(server);
  return server;
}

async function ask(url: string, ...statements: string[]): Promise<unknown[]> {
  const client = new Client(url);
  await client.connect();
  // A server that is killed takes the connection along; the queries tell that already.
  client.on('error', () => undefined);
  try {
    let rows: unknown[] = [];
    for (const statement of statements) rows = (await client.query(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

test('what was written is there after a stop and a start, at the same address', async () => {
  const first = await start();
  await ask(first.url, 'create table notes (text text)', "insert into notes values ('kept')");
  await first.stop();
  await first.ended;
  await expect(ask(first.url, 'select 1')).rejects.toThrow();
  const second = await start();
  expect(second.origin).toBe('started');
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select * from notes')).toEqual([{ text: 'kept' }]);
});

test('what was acknowledged is there after the server was killed', async () => {
  const first = await start();
  await ask(first.url, 'create table more_notes (text text)', "insert into more_notes values ('kept')");
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  const second = await start();
  expect(second.pid).not.toBe(first.pid);
  expect(await ask(second.url, 'select * from more_notes')).toEqual([{ text: 'kept' }]);
});

test('a running server is adopted, and the adopter sees it end', async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ origin: 'adopted', pid: first.pid, url: first.url });
  await second.stop();
  await Promise.all([first.ended, second.ended]);
});

test('two starts at once on an empty folder share one server', async () => {
  const empty = await newFolder();
  const options = { durable: false };
  const [first, second] = await Promise.all([start(empty, options), start(empty, options)]);
  expect(first.pid).toBe(second.pid);
  expect(await ask(first.url, 'select current_user as name')).toEqual([{ name: 'sightline' }]);
  await first.stop();
  await rm(empty, { recursive: true });
});

test('a process number that now belongs to another program is not taken for the server', async () => {
  await (await start()).stop();
  const cluster = join(folder, 'postgres', 'cluster');
  await writeFile(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n\nready\n`);
  expect((await start()).origin).toBe('started');
});

test('a port taken by another program is left to it', async () => {
  const first = await start();
  await first.stop();
  await first.ended;
  const port = Number(new URL(first.url).port);
  const intruder = createServer();
  await new Promise<void>((resolve) => intruder.listen(port, '127.0.0.1', resolve));
  try {
    const second = await start();
    expect(Number(new URL(second.url).port)).not.toBe(port);
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  } finally {
    intruder.close();
  }
});

test('passwords are kept from other people, and the program has no rights beyond its database', async () => {
  const { url, administratorUrl } = await start();
  const settings = join(folder, 'postgres', 'settings.json');
  expect((await stat(settings)).mode & 0o777).toBe(0o600);
  expect(await readFile(settings, 'utf8')).toContain(new URL(url).password);
  const wrong = new URL(url);
  wrong.password = 'guess';
  await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  await expect(ask(url, "copy (select 1) to program 'true'")).rejects.toThrow(/permission denied/);
  expect(await ask(administratorUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
});

test('text is folded by the rules of Unicode and ordered by its bytes', async () => {
  const { url } = await start();
  expect(
    await ask(url, "select lower('ÄÖ') as folded, 'Z' < 'a' as ordered, current_setting('fsync') as fsync"),
  ).toEqual([{ folded: 'äö', ordered: true, fsync: 'on' }]);
});

test.runIf(userInfo().uid === 0)(
  'as root, files go where the database account can enter, and the place is told',
  async () => {
    const closed = join(await newFolder(), 'closed', 'data');
    await mkdir(closed, { recursive: true });
    await chmod(dirname(closed), 0o700);
    const server = await start(closed, { durable: false });
    expect(server.elsewhere).toMatch(/^\/var\/lib\/sightline\//);
    expect(await realpath(join(closed, 'postgres'))).toBe(server.elsewhere);
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
    await rm(server.elsewhere ?? '', { recursive: true });
    await rm(dirname(dirname(closed)), { recursive: true });
  },
);
