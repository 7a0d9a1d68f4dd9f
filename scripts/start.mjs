// `npm start`: builds when needed, then runs the database, the web server and a worker until asked to stop.
// `npm run dev`: the same with Next's development server, which needs no build.
// PORT (3000), LISTEN_ADDRESS (all), DATA_DIR (./data) and DATABASE_URL are honoured; .env.example lists the rest.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';
import { buildIfNeeded } from './build-if-needed.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const mode = process.argv[2] === 'dev' ? 'dev' : 'start';

try {
  register({ tsconfig: join(root, 'tsconfig.json') });
  const { env } = await import('../lib/core/env.ts');
  const { supervise } = await import('../lib/workers/supervisor/supervise.ts');
  if (mode === 'start') buildIfNeeded(root);
  process.exitCode = await supervise({
    settings: env,
    environment: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: mode === 'dev' ? 'development' : 'production',
    },
    folder: root,
    preparation: ['--import', 'tsx', join(root, 'lib', 'workers', 'prepare-program.ts')],
    web: [join(root, 'scripts', 'serve.mjs'), mode],
    worker: ['--import', 'tsx', join(root, 'lib', 'workers', 'worker.ts')],
    say: (line) => console.log(line),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
process.exit();
