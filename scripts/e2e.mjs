// `npm run e2e [-- playwright arguments]`: finds or installs a Chromium, builds when needed, runs the journeys.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from './build-if-needed.mjs';
import { findChromium } from './find-chromium.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const chromium = findChromium();
buildIfNeeded(root);
// Each run has a server of its own on an empty data folder.
const dataFolder = mkdtempSync(join(tmpdir(), 'sightline-e2e-'));
const run = spawnSync(
  process.execPath,
  [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit', env: { ...process.env, CHROMIUM_PATH: chromium, E2E_DATA_DIR: dataFolder } },
);
rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
process.exit(run.status ?? 1);
