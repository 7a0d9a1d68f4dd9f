// `npm run verify` (everything quick) and `npm test` (everything). One line per step, the output of a failing step in full.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const quick = [
  ['format and lint', 'npx', ['biome', 'check', '.', '--error-on-warnings']],
  ['floors', 'npm', ['run', '--silent', 'floors']],
  ['types', 'npm', ['run', '--silent', 'types']],
  ['dead code', 'npx', ['knip']],
  ['duplicates', 'npx', ['jscpd']],
  ['lockfile', process.execPath, ['scripts/check-lockfile.mjs']],
  ['kernels', process.execPath, ['scripts/build-kernels.mjs', '--check']],
  ['migrations', process.execPath, ['scripts/check-migrations.mjs']],
  ['documents', process.execPath, ['scripts/check-docs.mjs']],
  ['unit', 'npx', ['vitest', 'run']],
];
const slow = [
  [
    'build',
    process.execPath,
    ['-e', "import('./scripts/build-if-needed.mjs').then((m) => m.buildIfNeeded(process.cwd()))"],
  ],
  ['e2e', process.execPath, ['scripts/e2e.mjs']],
];

const steps = process.argv[2] === 'test' ? [...quick, ...slow] : quick;
const failed = [];
for (const [name, command, args] of steps) {
  const started = Date.now();
  const showsProgress = name === 'unit' || name === 'e2e';
  const run = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', showsProgress ? 'inherit' : 'pipe', showsProgress ? 'inherit' : 'pipe'],
    env: {
      ...process.env,
      NEXT_TELEMETRY_DISABLED: '1',
      PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
    },
    maxBuffer: 64 * 1024 * 1024,
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  if (run.status === 0) {
    console.log(`✓ ${name} (${seconds} s)`);
    continue;
  }
  failed.push(name);
  console.log(`${run.stdout ?? ''}${run.stderr ?? ''}`);
  console.log(`✗ ${name} (${seconds} s)${run.error ? `: ${run.error.message}` : ''}`);
}
if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`);
console.log(`${steps.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length > 0 ? 1 : 0);
