import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkReadiness } from '@/lib/domain/health/check-readiness';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';
import { connectDatabase } from '@/lib/platform/db/database';
import { isMigrated } from '@/lib/platform/db/migration-state';

let test: TestContext;
beforeAll(async () => {
  test = await createTestContext();
});
afterAll(() => test.close());

const migrated = () => isMigrated(test.services.db);

describe('readiness', () => {
  it('is given when database, tables and storage work, and leaves no file behind', async () => {
    const readiness = await checkReadiness(test.services, migrated);
    expect(readiness.status).toBe('ready');
    expect(Object.values(readiness.checks).map(({ isOk }) => isOk)).toEqual([true, true, true]);
    expect(await test.services.storage.sweepTemporary(new Date(Date.now() + 1000))).toBe(0);
  });

  it('is refused without the database, in words that give nothing away', async () => {
    const gone = connectDatabase('postgres://somebody:hidden-word@127.0.0.1:1/nothing', { poolSize: 1 });
    const readiness = await checkReadiness({ ...test.services, db: gone.db }, () => isMigrated(gone.db));
    await gone.close();
    expect(readiness).toMatchObject({
      status: 'not-ready',
      checks: { database: { isOk: false }, migrations: { isOk: false }, storage: { isOk: true } },
    });
    expect(JSON.stringify(readiness)).not.toMatch(/hidden-word|127\.0\.0\.1|ECONN/);
  });

  it('is refused while migrations are missing', async () => {
    const readiness = await checkReadiness(test.services, async () => false);
    expect(readiness).toMatchObject({ status: 'not-ready', checks: { migrations: { isOk: false } } });
  });

  it('is refused when the storage loses what it was given', async () => {
    const storage = { ...test.services.storage, has: async () => false };
    const readiness = await checkReadiness({ ...test.services, storage }, migrated);
    expect(readiness).toMatchObject({ status: 'not-ready', checks: { storage: { isOk: false } } });
  });

  it('does not wait for what hangs', async () => {
    const hanging = () => new Promise<boolean>(() => undefined);
    const startedAt = performance.now();
    expect((await checkReadiness(test.services, hanging)).status).toBe('not-ready');
    expect(performance.now() - startedAt).toBeLessThan(6000);
  });
});
