import { randomUUID } from 'node:crypto';
import { orAbort } from '@/lib/core/or-abort';
import type { Services } from '@/lib/domain/context';
import { pingDatabase } from '@/lib/domain/health/repository';
import type { Readiness } from '@/lib/domain/health/schema';

type Check = Readiness['checks']['database'];

/** A check that takes longer has failed: whoever asks wants to know now. */
const deadlineMilliseconds = 3000;

/** Whether this server can do its work. Never throws: what fails is told, and why stands in the log. */
export async function checkReadiness(services: Services, isMigrated: () => Promise<boolean>): Promise<Readiness> {
  const [database, migrations, storage, heartbeatAgeSeconds] = await Promise.all([
    check(services, 'database', 'The database answers', () => pingDatabase(services.db)),
    check(services, 'migrations', 'The tables are those of this version', async () => {
      if (!(await isMigrated())) throw new Error('The migrations of this version have not been applied.');
    }),
    check(services, 'storage', 'The storage takes and gives files', () => tryStorage(services)),
    heartbeatAge(services),
  ]);
  const isReady = database.isOk && migrations.isOk && storage.isOk;
  return {
    status: isReady ? 'ready' : 'not-ready',
    checks: { database, migrations, storage },
    worker: { heartbeatAgeSeconds },
  };
}

async function check({ log }: Services, name: string, message: string, run: () => Promise<void>): Promise<Check> {
  try {
    await orAbort(run(), AbortSignal.timeout(deadlineMilliseconds));
    return { isOk: true, message };
  } catch (error) {
    log.warn({ err: error, check: name }, 'readiness check failed');
    return { isOk: false, message: `Failed: the check of the ${name}. The server’s log says why.` };
  }
}

/** Bytes that nobody else has, so that the removal cannot take anything away. */
async function tryStorage({ storage }: Services): Promise<void> {
  const bytes = new TextEncoder().encode(`readiness ${randomUUID()}`);
  const { sha256 } = await storage.put(pieces(bytes), { maximumBytes: bytes.byteLength });
  const isThere = await storage.has(sha256);
  await storage.remove(sha256);
  if (!isThere) throw new Error('The storage did not keep what was put into it.');
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function heartbeatAge({ jobs, now, log }: Services): Promise<number | null> {
  try {
    const seenAt = await orAbort(jobs.workerSeenAt(), AbortSignal.timeout(deadlineMilliseconds));
    return seenAt === null ? null : Math.max(0, Math.round((now().getTime() - seenAt.getTime()) / 1000));
  } catch (error) {
    log.warn({ err: error }, 'the workers’ signs of life cannot be read');
    return null;
  }
}
