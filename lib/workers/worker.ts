import { services } from '@/lib/composition';
import { env } from '@/lib/core/env';
import { jobDefinitions } from '@/lib/platform/jobs/job-definitions';
import { runJobs } from '@/lib/platform/jobs/run-jobs';
import { jobHandlers } from '@/lib/workers/job-handlers';
import { prepare } from '@/lib/workers/prepare';

/**
 * The worker process: `npm start` runs one, `npm run worker` one more, on this machine or another with the same DATABASE_URL.
 * It does jobs until it is asked to stop.
 */
async function main(): Promise<void> {
  process.title = 'sightline-worker';
  const url = env.DATABASE_URL;
  if (url === undefined) {
    throw new Error(
      'A worker by itself needs DATABASE_URL. The embedded database has its worker already: npm start runs it.',
    );
  }
  // The supervisor has done so before it starts its worker.
  if (process.channel === undefined) await prepare(env);
  const running = await services();
  const jobs = await runJobs({
    url,
    log: running.log,
    definitions: jobDefinitions,
    handlers: jobHandlers(running),
  });
  running.log.info('The worker is ready');
  const signal = await stopSignal();
  running.log.info({ signal }, 'The worker stops');
  await jobs.stop();
  await running.close();
}

function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, resolve);
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
