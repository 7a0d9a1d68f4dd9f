import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { newId } from '@/lib/core/ids';
import { users } from '@/lib/domain/accounts/tables';
import type { Actor, Context, Plan, Services } from '@/lib/domain/context';
import { members, workspaces } from '@/lib/domain/workspaces/tables';
import { createTestDatabase } from '@/lib/platform/db/test-support/test-database';
import { createInferencePool } from '@/lib/platform/inference/inference-pool';
import { connectJobs } from '@/lib/platform/jobs/pg-boss-jobs';
import { databaseRateLimiter } from '@/lib/platform/limiter/sliding-window';
import { prometheusMetrics } from '@/lib/platform/metrics/metrics';
import { createGuardedDownload } from '@/lib/platform/network/guarded-download';
import { createGuardedFetch } from '@/lib/platform/network/guarded-fetch';
import { createStorage } from '@/lib/platform/storage/create-storage';
import { createResumableFiles } from '@/lib/platform/storage/resumable-file';

export type TestContext = {
  /** A person with a session in their personal workspace. */
  readonly context: Context;
  /** Another person, who must see nothing of the first one's. */
  readonly other: Context;
  readonly services: Services;
  readonly databaseUrl: string;
  /** Lines that were logged, as text. */
  readonly logged: string[];
  /** A folder of this test, deleted at the end. */
  readonly folder: string;
  /** Sets what `now()` answers; the real time without one. */
  setNow(date: Date | null): void;
  close(): Promise<void>;
};

/** Real services on a database, a disk and processes of the test's own. Children and connections start when first used. */
export async function createTestContext(): Promise<TestContext> {
  const database = await createTestDatabase();
  const folder = await mkdtemp(path.join(tmpdir(), 'sightline-test-'));
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const jobs = await connectJobs({ url: database.url, log });
  const inference = createInferencePool({
    maximumMemoryBytes: 2 ** 31,
    modelMemoryBytes: 2 ** 30,
    threads: 1,
  });
  let fixedNow: Date | null = null;
  const services: Services = {
    db: database.db,
    storage: createStorage({ dataFolder: folder }),
    resumable: createResumableFiles(folder),
    jobs,
    limiter: databaseRateLimiter(database.db),
    metrics: prometheusMetrics(),
    inference,
    fetchSource: createGuardedFetch({ allowedHosts: [] }),
    weightsSource: {
      baseUrl: 'http://127.0.0.1:9',
      maximumBytes: 2 ** 20,
      download: createGuardedDownload({ publicHosts: [], allowedHosts: ['127.0.0.1'] }),
    },
    mailer: null,
    log,
    now: () => fixedNow ?? new Date(),
    secret: 'a secret that is only good for tests, 0123456789',
    origin: 'http://localhost:3000',
  };
  return {
    context: await newTenant(services, 'first'),
    other: await newTenant(services, 'second'),
    services,
    databaseUrl: database.url,
    logged,
    folder,
    setNow(date) {
      fixedNow = date;
    },
    async close() {
      await inference.close();
      await jobs.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A new person with a personal workspace, ready to act. */
export async function newTenant(services: Services, username: string, plan: Plan = 'pro'): Promise<Context> {
  const at = new Date();
  const userId = newId('user');
  const workspaceId = newId('workspace');
  await services.db.insert(users).values({
    id: userId,
    email: `${username}@example.com`,
    displayName: username,
    createdAt: at,
    updatedAt: at,
  });
  await services.db
    .insert(workspaces)
    .values({ id: workspaceId, slug: username, name: username, kind: 'personal', plan, createdAt: at });
  await services.db.insert(members).values({ workspaceId, userId, role: 'owner', createdAt: at });
  const actor: Actor = { kind: 'session', userId, sessionId: newId('session') };
  return { ...services, actor, workspaceId, plan, requestId: newId('request') };
}

/** The same person through an API key with these scopes. */
export function withKey(context: Context, scopes: readonly string[]): Context {
  if (context.actor.kind === 'system') throw new Error('the system has no key');
  return { ...context, actor: { kind: 'key', userId: context.actor.userId, apiKeyId: newId('apiKey'), scopes } };
}
