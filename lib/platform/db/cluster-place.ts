import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, readFile, realpath, rename, symlink, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { accountCan, type SystemAccount } from '@/lib/platform/db/system-account';

/** Where the embedded database keeps what. */
export type ClusterPlace = {
  /** Ours: settings, log, a copy of the programs where one is needed. */
  readonly folder: string;
  /** PostgreSQL's own data folder; belongs to its account. */
  readonly cluster: string;
  readonly logFile: string;
  /** Set when the files are not under the data folder, for the person to know. */
  readonly elsewhere: string | null;
};

const settingsSchema = z.object({
  port: z.number().int().min(1).max(65_535),
  administratorPassword: z.string().min(32),
  password: z.string().min(32),
});

/** What a cluster is reached by; kept beside it, readable by its owner only. */
export type ClusterSettings = z.infer<typeof settingsSchema>;

/** For data folders that PostgreSQL's account cannot enter, such as one below /root. */
const systemFolder = '/var/lib/sightline';

/** The cluster's place for a data folder, made when missing. */
export async function clusterPlace(dataFolder: string, account: SystemAccount | null): Promise<ClusterPlace> {
  await mkdir(dataFolder, { recursive: true });
  const usual = join(dataFolder, 'postgres');
  if (account !== null && !existsSync(usual) && !accountCan(account, 'cd', dataFolder)) {
    await linkElsewhere(usual, await realpath(dataFolder));
  }
  await mkdir(usual, { recursive: true });
  const folder = await realpath(usual);
  if (account !== null && !accountCan(account, 'cd', folder)) {
    throw new Error(
      `PostgreSQL runs as the account “${account.name}” because it refuses to run as root, and that account cannot enter ${folder}. Set DATA_DIR to a folder everybody may enter, start Sightline as an ordinary user, or set DATABASE_URL.`,
    );
  }
  return {
    folder,
    cluster: join(folder, 'cluster'),
    logFile: join(folder, 'server.log'),
    elsewhere: folder.startsWith(`${systemFolder}/`) ? folder : null,
  };
}

/** The settings of the cluster in `folder`; new ones, with random passwords and a free port, on the first call. */
export async function clusterSettings(folder: string): Promise<ClusterSettings> {
  const file = join(folder, 'settings.json');
  if (existsSync(file)) return settingsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const made = { port: await freePort(), administratorPassword: randomPassword(), password: randomPassword() };
  const unfinished = await writeSettings(folder, made);
  // Unlike a rename, a link never replaces what another process made meanwhile.
  await link(unfinished, file).catch(ignoreExisting);
  await unlink(unfinished);
  return settingsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** The same cluster on another port: its own was taken by another program. */
export async function moveToFreePort(folder: string, settings: ClusterSettings): Promise<ClusterSettings> {
  const moved = { ...settings, port: await freePort() };
  await rename(await writeSettings(folder, moved), join(folder, 'settings.json'));
  return moved;
}

/** Written whole under another name, for the caller to put in place. */
async function writeSettings(folder: string, settings: ClusterSettings): Promise<string> {
  const unfinished = join(folder, `settings.${randomUUID()}.json`);
  await writeFile(unfinished, JSON.stringify(settings), { mode: 0o600 });
  return unfinished;
}

async function linkElsewhere(from: string, dataFolder: string): Promise<void> {
  const name = createHash('sha256').update(dataFolder).digest('hex').slice(0, 12);
  const folder = join(systemFolder, name);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await symlink(folder, from).catch(ignoreExisting);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

function randomPassword(): string {
  return randomBytes(24).toString('hex');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('No free port was found.'));
        else resolve(address.port);
      });
    });
  });
}
