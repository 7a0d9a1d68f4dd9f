import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Where Chromium and Chrome live on Debian and macOS. */
const knownPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The path of a Chromium to test with: CHROMIUM_PATH, one that is installed, Playwright's own, or one that is installed now
 * (Debian's package as root, else Playwright's download). Exits with a sentence when none can be had.
 */
export function findChromium() {
  const found = installedChromium();
  if (found) return found;
  console.log('No Chromium found; installing one…');
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'inherit' });
  }
  if (!installedChromium()) spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit' });
  const installed = installedChromium();
  if (installed) return installed;
  console.error('No Chromium could be installed. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.');
  process.exit(1);
}

function installedChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const known = knownPlaces.find((path) => existsSync(path));
  if (known) return known;
  const { chromium } = createRequire(import.meta.url)('@playwright/test');
  const own = chromium.executablePath();
  return existsSync(own) ? own : null;
}
