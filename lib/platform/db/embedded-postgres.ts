import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import {
  type ClusterPlace,
  type ClusterSettings,
  clusterPlace,
  clusterSettings,
  moveToFreePort,
} from '@/lib/platform/db/cluster-place';
import { type PostgresFiles, readyPostgresFiles } from '@/lib/platform/db/postgres-files';
import {
  type Postmaster,
  postmasterStatus,
  processEnded,
  settledPostmaster,
  stopPostmaster,
} from '@/lib/platform/db/postmaster';
import { databaseAccount, type SystemAccount } from '@/lib/platform/db/system-account';

/** A running PostgreSQL of our own. */
export type EmbeddedPostgres = {
  /** For the program: the owner of the database, with no rights beyond it. */
  readonly url: string;
  /** For making databases; the program never uses it. */
  readonly administratorUrl: string;
  /** `adopted`: it ran already, because whoever started it was killed. */
  readonly origin: 'started' | 'adopted';
  readonly pid: number;
  /** A folder the person did not name, when the files had to go there. */
  readonly elsewhere: string | null;
  /** Resolves when the server is gone, however it ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** False only for databases that are thrown away: what was acknowledged may be lost with the power. */
  readonly durable?: boolean;
};

const administrator = 'postgres';
const owner = 'sightline';

/** Recovery after a crash replays up to max_wal_size (1 GB): a minute on a slow disk. */
const startPatience = 120_000;
const stopPatience = 30_000;
const rotatedLogBytes = 10 * 2 ** 20;

/**
 * Starts PostgreSQL on `DATA_DIR/postgres`, making it on the first start, or adopts the one that runs there. It goes on when
 * this process ends; `stop` ends it. Throws, with what to do, where it cannot run.
 */
export async function startEmbeddedPostgres(
  dataFolder: string,
  { durable = true }: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const account = databaseAccount();
  const place = await clusterPlace(dataFolder, account);
  const files = await readyPostgresFiles(place.folder, account);
  const settings = await clusterSettings(place.folder);
  const installation = { account, place, files, durable };
  if (!existsSync(place.cluster)) await initialise(installation, settings);
  const { origin, postmaster } = await startOrAdopt(installation, settings);
  const address = { settings, port: postmaster.port };
  await keepOwnDatabase(address);
  return {
    url: urlOf(owner, settings.password, postmaster.port, owner),
    administratorUrl: urlOf(administrator, settings.administratorPassword, postmaster.port, administrator),
    origin,
    pid: postmaster.pid,
    elsewhere: place.elsewhere,
    ended: postmaster.ended,
    stop: () => stopPostmaster(postmaster, stopPatience),
  };
}

type Installation = {
  readonly account: SystemAccount | null;
  readonly place: ClusterPlace;
  readonly files: PostgresFiles;
  readonly durable: boolean;
};

/** Makes the cluster under another name first, so that one that was cut off is never taken for a whole one. */
async function initialise({ account, place, files, durable }: Installation, settings: ClusterSettings): Promise<void> {
  const suffix = randomUUID();
  const unfinished = `${place.cluster}.${suffix}`;
  const passwordFile = join(place.folder, `password.${suffix}`);
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, settings.administratorPassword, { mode: 0o600 });
  if (account !== null) {
    for (const path of [unfinished, passwordFile]) await chown(path, account.uid, account.gid);
  }
  try {
    await runInitdb({ account, place, files, durable }, unfinished, passwordFile);
    await rename(unfinished, place.cluster).catch(async (error: unknown) => {
      // Another process made it meanwhile: its cluster is as good.
      if (!existsSync(place.cluster)) throw error;
    });
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Text is ordered by its bytes and folded by Unicode's rules, the same on every system and version. */
const initdbArguments = [
  `--username=${administrator}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

function runInitdb(installation: Installation, cluster: string, passwordFile: string): Promise<void> {
  const { files, durable } = installation;
  const flags = [...initdbArguments, `--pwfile=${passwordFile}`, ...(durable ? [] : ['--no-sync'])];
  const child = spawn(files.initdb, ['-D', cluster, ...flags], { ...processOptions(installation), stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`PostgreSQL's files could not be made in ${cluster} (exit ${code}):\n${output.trim()}`));
    });
  });
}

/** The environment is cut down: PG… variables of the person's shell mean another server. */
function processOptions({ account, place }: Installation) {
  const identity = account === null ? {} : { uid: account.uid, gid: account.gid };
  return { ...identity, cwd: place.folder, env: { LC_ALL: 'C', NODE_ENV: 'production' as const } };
}

async function startOrAdopt(
  installation: Installation,
  settings: ClusterSettings,
): Promise<{ origin: 'started' | 'adopted'; postmaster: Postmaster }> {
  const { cluster, folder } = installation.place;
  const deadline = Date.now() + startPatience;
  let current = settings;
  for (;;) {
    const running = await settledPostmaster(cluster, startPatience);
    if (running.kind !== 'none') {
      const { pid, port } = running;
      return { origin: 'adopted', postmaster: { pid, port, ended: processEnded(pid) } };
    }
    const launched = await launch(installation, current);
    if (launched.kind === 'started') return { origin: 'started', postmaster: launched.postmaster };
    if (launched.kind === 'failed' || Date.now() > deadline) throw startFailure(installation.place, launched.log);
    if (launched.kind === 'port-taken') current = await moveToFreePort(folder, current);
    else await wait(200);
  }
}

type Launch =
  | { readonly kind: 'started'; readonly postmaster: Postmaster }
  /** `busy`: another process was quicker, or the children of a killed server are still leaving. */
  | { readonly kind: 'failed' | 'port-taken' | 'busy'; readonly log: string };

async function launch(installation: Installation, { port }: ClusterSettings): Promise<Launch> {
  const { place, files, durable } = installation;
  await rotateLog(place.logFile);
  const logStart = (await stat(place.logFile).catch(() => ({ size: 0 }))).size;
  const log = openSync(place.logFile, 'a', 0o600);
  // Detached: Ctrl-C in the terminal must reach the web server first, and this one last.
  const child = spawn(files.postgres, ['-D', place.cluster, '-p', String(port), ...serverArguments(durable)], {
    ...processOptions(installation),
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  let isGone = false;
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => resolve());
    child.on('exit', () => resolve());
  }).then(() => {
    isGone = true;
  });
  const deadline = Date.now() + startPatience;
  while (!isGone && Date.now() < deadline) {
    const status = await postmasterStatus(place.cluster);
    if (status.kind === 'ready' && status.pid === child.pid) {
      return { kind: 'started', postmaster: { pid: status.pid, port, ended } };
    }
    await wait(20);
  }
  return launchFailure((await readFile(place.logFile)).subarray(logStart).toString('utf8').trim());
}

function launchFailure(log: string): Launch {
  if (/Address already in use|could not create any TCP\/IP sockets/.test(log)) return { kind: 'port-taken', log };
  if (/lock file ".*" already exists|pre-existing shared memory block/.test(log)) return { kind: 'busy', log };
  return { kind: 'failed', log };
}

function startFailure({ logFile }: ClusterPlace, log: string): Error {
  return new Error(`PostgreSQL did not start. Its last words (all are in ${logFile}):\n${log.slice(-2000)}`);
}

function serverArguments(durable: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function rotateLog(logFile: string): Promise<void> {
  const { size } = await stat(logFile).catch(() => ({ size: 0 }));
  if (size > rotatedLogBytes) await rename(logFile, `${logFile}.old`);
}

/** Makes the program's role and database where they are missing. */
async function keepOwnDatabase({ settings, port }: { settings: ClusterSettings; port: number }): Promise<void> {
  const client = await connectPatiently(urlOf(administrator, settings.administratorPassword, port, administrator));
  try {
    // Two starts at once wait for each other here.
    await client.query('select pg_advisory_lock(1)');
    const roles = await client.query('select 1 from pg_roles where rolname = $1', [owner]);
    if (roles.rowCount === 0) {
      await client.query(`create role ${owner} login password ${client.escapeLiteral(settings.password)}`);
    }
    const databases = await client.query('select 1 from pg_database where datname = $1', [owner]);
    if (databases.rowCount === 0) await client.query(`create database ${owner} owner ${owner}`);
  } finally {
    await client.end();
  }
}

/** Connects, waiting for a server that recovers from the crash of one of its processes: it refuses everybody meanwhile. */
async function connectPatiently(url: string): Promise<Client> {
  const deadline = Date.now() + startPatience;
  for (;;) {
    const client = new Client(url);
    // A connection that breaks fails its queries; unheard, the event itself would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (!isRecovering(error) || Date.now() > deadline) throw error;
      await wait(100);
    }
  }
}

/** By PostgreSQL's code for “the database system is starting up” or “is in recovery mode”. */
function isRecovering(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57P03';
}

function urlOf(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}
