import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/platform/db/test-support/test-database';
import { databaseRateLimiter, type RateLimiter } from '@/lib/platform/limiter/sliding-window';

let database: TestDatabase;
let limiter: RateLimiter;

beforeAll(async () => {
  database = await createTestDatabase();
  limiter = databaseRateLimiter(database.db);
});
afterAll(() => database.close());

/** The start of a minute, so that tests choose where in the window they are. */
const minuteStart = Math.floor(Date.UTC(2026, 0, 5, 12) / 60_000) * 60_000;
const at = (seconds: number): Date => new Date(minuteStart + seconds * 1000);
const perMinute = [{ limit: 5, periodSeconds: 60 }] as const;

describe('databaseRateLimiter', () => {
  it('lets as many through as the limit says, then none', async () => {
    const verdicts = [];
    for (let i = 0; i < 7; i++) verdicts.push(await limiter.count('one', perMinute, at(1)));
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, true, true, false, false]);
    expect(verdicts.map(({ remaining }) => remaining)).toEqual([4, 3, 2, 1, 0, 0, 0]);
  });

  it('lets exactly the limit through when all come at once', async () => {
    const verdicts = await Promise.all(Array.from({ length: 40 }, () => limiter.count('race', perMinute, at(2))));
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(5);
  });

  it('slides: requests of the window before fade instead of ending with it', async () => {
    for (let i = 0; i < 5; i++) await limiter.count('slide', perMinute, at(59));
    // Six seconds into the next minute nine tenths of five still count.
    expect((await limiter.count('slide', perMinute, at(66))).allowed).toBe(false);
    expect((await limiter.count('slide', perMinute, at(72))).allowed).toBe(true);
    expect((await limiter.count('slide', perMinute, at(119))).allowed).toBe(true);
  });

  it('does not count what it refuses, and tells when there is room again', async () => {
    for (let i = 0; i < 5; i++) await limiter.count('patient', perMinute, at(30));
    const refused = await limiter.count('patient', perMinute, at(40));
    for (let i = 0; i < 20; i++) await limiter.count('patient', perMinute, at(41));
    expect(refused.allowed).toBe(false);
    const wait = refused.resetAt - at(0).getTime() / 1000;
    expect((await limiter.count('patient', perMinute, at(wait - 2))).allowed).toBe(false);
    expect((await limiter.count('patient', perMinute, at(wait))).allowed).toBe(true);
  });

  it('reports the tightest of several windows and holds all of them', async () => {
    const windows = [
      { limit: 100, periodSeconds: 60 },
      { limit: 2, periodSeconds: 86_400 },
    ];
    expect(await limiter.count('both', windows, at(1))).toMatchObject({ allowed: true, limit: 2, remaining: 1 });
    await limiter.count('both', windows, at(1));
    expect(await limiter.count('both', windows, at(1))).toMatchObject({ allowed: false, limit: 2, remaining: 0 });
  });

  it('keeps subjects apart, whatever they are called', async () => {
    for (let i = 0; i < 5; i++) await limiter.count("a'; drop table rate_counters; --", perMinute, at(1));
    expect((await limiter.count('a', perMinute, at(1))).allowed).toBe(true);
  });

  it('forgets counters that no window reaches', async () => {
    await limiter.count('swept', perMinute, at(1));
    await limiter.sweep(at(200));
    const { rows } = await database.pool.query("select 1 from rate_counters where subject = 'swept'");
    expect(rows).toEqual([]);
  });
});
