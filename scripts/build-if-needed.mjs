import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceStamp } from './source-stamp.mjs';

/**
 * Builds the application unless `.next` already holds a build of exactly these sources.
 * The stamp is written after the build, so an interrupted one is never mistaken for a finished one.
 */
export function buildIfNeeded(root) {
  const stampFile = join(root, '.next', 'source-stamp');
  const stamp = sourceStamp(root);
  const isFresh =
    existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && existsSync(join(root, '.next', 'BUILD_ID'));
  if (isFresh) return;
  console.log('Building Sightline (about half a minute, once per version)…');
  const build = spawnSync(process.execPath, [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (build.status !== 0) {
    console.error('The build failed; its messages are above.');
    process.exit(build.status ?? 1);
  }
  writeFileSync(stampFile, stamp);
}
