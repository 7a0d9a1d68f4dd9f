import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pino from 'pino';
import { z } from 'zod';
import { startEmbeddedPostgres } from '@/lib/platform/db/embedded-postgres';
import { migrateDatabase } from '@/lib/platform/db/migrate';
import { installJobs } from '@/lib/platform/jobs/pg-boss-jobs';

const reportSchema = z.union([
  z.object({ administratorUrl: z.string(), url: z.string() }),
  z.object({ failure: z.string() }),
]);

/** Where tests make databases, and the migrated one they copy. */
export type TestCluster = { readonly administratorUrl: string; readonly url: string };

/**
 * The one cluster of this test run, in `folder`. The first test that asks starts it, in whichever process that is; the
 * others wait for its report. It goes on until the run ends.
 */
export async function sharedTestCluster(folder: string): Promise<TestCluster> {
  const report = join(folder, 'report.json');
  const isFirst = await mkdir(join(folder, 'claimed')).then(
    () => true,
    () => false,
  );
  if (isFirst) {
    await writeFile(`${report}.unfinished`, JSON.stringify(await startReport(folder)));
    await rename(`${report}.unfinished`, report);
  }
  while (!existsSync(report)) await wait(20);
  const outcome = reportSchema.parse(JSON.parse(await readFile(report, 'utf8')));
  if ('failure' in outcome) throw new Error(`The test database did not start: ${outcome.failure}`);
  return outcome;
}

async function startReport(folder: string): Promise<z.infer<typeof reportSchema>> {
  try {
    const { administratorUrl, url } = await startEmbeddedPostgres(folder, { durable: false });
    await migrateDatabase(url);
    await installJobs({ url, log: pino({ level: 'silent' }) });
    return { administratorUrl, url };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
