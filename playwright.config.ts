import { defineConfig } from '@playwright/test';
import { chromiumFlags } from './e2e/support/chromium-flags';
import { initialAccount } from './e2e/support/initial-account';
import { serverSettings } from './e2e/support/server-settings';

const port = Number(process.env.E2E_PORT ?? 3117);

export default defineConfig({
  testDir: 'e2e',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  // The runtime itself uses the cores: more workers than one per two cores only make every journey slower.
  workers: 2,
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    // A trace of every journey would cost more than the journeys; CI keeps a picture of what failed.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [...chromiumFlags],
    },
  },
  webServer: {
    command: 'node scripts/start.mjs',
    url: `http://localhost:${port}/test`,
    env: {
      PORT: String(port),
      DATA_DIR: process.env.E2E_DATA_DIR ?? '',
      LOG_LEVEL: 'warn',
      ...serverSettings,
      SIGHTLINE_INIT_EMAIL: initialAccount.email,
      SIGHTLINE_INIT_PASSWORD: initialAccount.password,
      SIGHTLINE_INIT_USERNAME: initialAccount.username,
      SIGHTLINE_INIT_API_KEY: initialAccount.key,
      SIGHTLINE_INIT_PLAN: 'enterprise',
    },
    reuseExistingServer: false,
    timeout: 180_000,
    // The supervisor stops web, worker and database in order.
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
  },
});
