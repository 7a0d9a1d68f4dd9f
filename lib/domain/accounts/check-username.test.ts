import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkUsername } from '@/lib/domain/accounts/check-username';
import { isFirstAccount } from '@/lib/domain/accounts/is-first-account';
import { newTenant } from '@/lib/domain/test-support/test-context';
import { createTestDatabase } from '@/lib/platform/db/test-support/test-database';

type TestDatabase = Awaited<ReturnType<typeof createTestDatabase>>;

describe('names and places of a server without accounts', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.close());

  it('knows that the next account is the first, until there is one', async () => {
    expect(await isFirstAccount(database)).toBe(true);
    await newTenant(services(database), 'ada-lovelace');
    expect(await isFirstAccount(database)).toBe(false);
  });

  it('offers free names and refuses taken ones', async () => {
    expect(await checkUsername(database, 'grace-hopper')).toEqual({ available: true, reason: null });
    expect(await checkUsername(database, 'ada-lovelace')).toEqual({ available: false, reason: 'this name is taken' });
    // The beginning of a taken name is free.
    expect(await checkUsername(database, 'ada-love')).toMatchObject({ available: true });
  });

  it.each(['ada', 'Ada-Lovelace', '-ada-', 'a--da', 'settings', 'sign-in', 'ada lovelace', 'ada_%', 'x'.repeat(33)])(
    'refuses %j by the rules',
    async (name) => {
      const verdict = await checkUsername(database, name);
      expect(verdict.available).toBe(false);
      expect(verdict.reason).not.toBeNull();
    },
  );
});

/** `newTenant` asks for no more of the services than the database. */
function services({ db }: TestDatabase) {
  return { db } as Parameters<typeof newTenant>[0];
}
