import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@/lib/platform/db/embedded-postgres';

export type RunningServer = {
  readonly origin: string;
  /** Of its own, empty database. */
  readonly databaseUrl: string;
  /** Of its one account. */
  readonly key: string;
  stop(): Promise<void>;
};

/** For the web process's own measurements. */
export const metricsToken = 'only-for-measuring-0123456789';

const key = `ul_${'0123456789'.repeat(4)}`;

/** Starts the application as `npm start` does (building when needed) on a free port and an empty data folder. */
export async function startServer(): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'sightline-bench-'));
  const postgres = await startEmbeddedPostgres(folder, { durable: true });
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: folder,
      DATABASE_URL: postgres.url,
      LOG_LEVEL: 'warn',
      METRICS_TOKEN: metricsToken,
      SIGHTLINE_INIT_EMAIL: 'bench@example.com',
      SIGHTLINE_INIT_PASSWORD: 'measured twice, cut once',
      SIGHTLINE_INIT_USERNAME: 'bench',
      SIGHTLINE_INIT_API_KEY: key,
      // The plan with no limits: what is measured is the work, not the refusal.
      LIMITS_OFF: '1',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilAnswering(`${origin}/test`, child);
  return {
    origin,
    databaseUrl: postgres.url,
    key,
    async stop() {
      await new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      });
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 180_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The server ended with status ${child.exitCode} before it answered.`);
    const reply = await fetch(url).catch(() => null);
    if (reply?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The server did not answer within three minutes.');
}
