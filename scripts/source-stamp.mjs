import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a production build is made of: a change in any of these makes the build stale. */
const sources = [
  'app',
  'components',
  'lib',
  'public',
  'next.config.ts',
  'proxy.ts',
  'postcss.config.json',
  'package-lock.json',
  'tsconfig.json',
];

/** A hash of names and contents of every source of the build, tests left out. */
export function sourceStamp(root) {
  const hash = createHash('sha256');
  for (const source of sources) addToHash(hash, root, source);
  return hash.digest('hex');
}

function addToHash(hash, root, path) {
  const full = join(root, path);
  const stats = statSync(full, { throwIfNoEntry: false });
  if (!stats) return;
  if (stats.isDirectory()) {
    for (const entry of readdirSync(full).sort()) addToHash(hash, root, join(path, entry));
    return;
  }
  if (/\.test\.tsx?$/.test(path)) return;
  hash.update(path).update('\0').update(readFileSync(full)).update('\0');
}
