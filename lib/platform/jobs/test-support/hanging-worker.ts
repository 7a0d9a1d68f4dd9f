import pino from 'pino';
import { runJobs } from '@/lib/platform/jobs/run-jobs';
import { testDefinitions } from '@/lib/platform/jobs/test-support/definitions';

/** A worker process whose `hang` jobs never end, for tests to kill. Says `taken` when it has one. */
const url = process.argv[2];
if (url === undefined) throw new Error('expected the URL of a database as the argument');

await runJobs({
  url,
  log: pino({ level: 'silent' }),
  definitions: testDefinitions,
  handlers: {
    note: { run: async () => undefined },
    hang: {
      run() {
        process.stdout.write('taken\n');
        return new Promise(() => undefined);
      },
    },
  },
});
