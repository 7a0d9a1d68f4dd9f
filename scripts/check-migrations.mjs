// Fails when the tables have changed since `npm run migrations` last wrote their SQL, or when two branches wrote the same one.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'lib', 'platform', 'db', 'migrations');
const copy = mkdtempSync(join(tmpdir(), 'sightline-migrations-'));

try {
  cpSync(folder, copy, { recursive: true });
  const known = readdirSync(copy).length;
  const run = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'drizzle-kit', 'bin.cjs'), 'generate', '--name', 'missing'],
    // Renamed columns make the tool ask; without a keyboard it ends, and that is an answer as well.
    {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, MIGRATIONS_FOLDER: relative(root, copy) },
    },
  );
  if (run.status !== 0 || !run.stdout.includes('No schema changes') || readdirSync(copy).length !== known) {
    console.error(`${run.stdout}${run.stderr}`);
    console.error('The migrations lack what the tables have. Run npm run migrations -- --name what-changed.');
    process.exitCode = 1;
  }
} finally {
  rmSync(copy, { recursive: true });
}
