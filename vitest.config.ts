import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['lib/platform/db/test-support/global-setup.ts'],
    testTimeout: 30_000,
    // The first test that needs the database waits for it to be made.
    hookTimeout: 60_000,
  },
});
