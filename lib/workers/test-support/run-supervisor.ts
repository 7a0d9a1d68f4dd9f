import { fileURLToPath } from 'node:url';
import { parseEnvironment } from '@/lib/core/env';
import { supervise } from '@/lib/workers/supervisor/supervise';

/**
 * `npm start` with small programs: run-supervisor.ts DATA_DIR PORT [exit status of a web server that cannot start, or `endless` for
 * a preparation that never ends].
 */
const [dataFolder, port = '0', ...mishap] = process.argv.slice(2);

function sibling(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

try {
  const status = await supervise({
    settings: parseEnvironment({ DATA_DIR: dataFolder, PORT: port, LOG_LEVEL: 'warn' }),
    environment: { NODE_ENV: 'test' },
    folder: process.cwd(),
    preparation: [sibling('./small-preparation.mjs'), ...mishap],
    web: [sibling('./small-web-server.mjs'), port, ...mishap],
    worker: [sibling('./small-worker.mjs')],
    say: (line) => console.log(line),
  });
  console.log(`ends with ${status}`);
  process.exit(status);
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
}
