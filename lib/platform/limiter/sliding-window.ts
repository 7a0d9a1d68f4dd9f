import { sql } from 'drizzle-orm';
import type { Database } from '@/lib/platform/db/database';

/** At most `limit` requests within any `periodSeconds`. */
export type RateWindow = { readonly limit: number; readonly periodSeconds: number };

export type RateVerdict = {
  readonly allowed: boolean;
  /** Of the tightest window: the one with the smallest share left. */
  readonly limit: number;
  readonly remaining: number;
  /** Unix seconds at which the tightest window has room for everything again, or, when refused, for one more request. */
  readonly resetAt: number;
};

/** Counts requests for everybody who asks with the same database. */
export type RateLimiter = {
  count(subject: string, windows: readonly RateWindow[], now: Date): Promise<RateVerdict>;
  /** Takes a request back that turned out not to count. */
  giveBack(subject: string, windows: readonly RateWindow[], now: Date): Promise<void>;
  sweep(now: Date): Promise<void>;
};

export function databaseRateLimiter(db: Database): RateLimiter {
  return {
    count: (subject, windows, now) => countRequest(db, subject, windows, now),
    giveBack: (subject, windows, now) => giveRequestBack(db, subject, windows, now),
    sweep: (now) => sweepCounters(db, now),
  };
}

type Count = {
  readonly window: RateWindow;
  readonly current: number;
  readonly previous: number;
  readonly used: number;
};

/**
 * Counts a request of `subject` in every window, in the database, so that several web nodes agree. A window slides: the
 * requests of the fixed window before count by the share of it that still lies within the period. A refused request is not
 * counted. Two requests racing for the last place cannot both get it: each is counted before it is judged.
 */
async function countRequest(
  db: Database,
  subject: string,
  windows: readonly RateWindow[],
  now: Date,
): Promise<RateVerdict> {
  const seconds = now.getTime() / 1000;
  const counts = await addToCounters(db, subject, windows, seconds, 1);
  const allowed = counts.every(({ window, used }) => used <= window.limit);
  if (!allowed) await addToCounters(db, subject, windows, seconds, -1);
  return verdict(counts, seconds, allowed);
}

/** Never below nothing: the window the request was counted in may have ended. */
async function giveRequestBack(
  db: Database,
  subject: string,
  windows: readonly RateWindow[],
  now: Date,
): Promise<void> {
  for (const { periodSeconds } of windows) {
    const startedAt = windowStart(now.getTime() / 1000, periodSeconds);
    await db.execute(sql`
      update rate_counters set count = count - 1
      where subject = ${subject} and period_seconds = ${periodSeconds} and started_at = ${startedAt} and count > 0`);
  }
}

async function addToCounters(
  db: Database,
  subject: string,
  windows: readonly RateWindow[],
  seconds: number,
  step: 1 | -1,
): Promise<Count[]> {
  const rows = windows.map(({ periodSeconds }) => {
    const startedAt = windowStart(seconds, periodSeconds);
    return sql`(${subject}::text, ${periodSeconds}::integer, ${startedAt}::bigint, 1)`;
  });
  const { rows: counted } = await db.execute<{ period: number; current: number; previous: number }>(sql`
    with added as (
      insert into rate_counters (subject, period_seconds, started_at, count) values ${sql.join(rows, sql`, `)}
      on conflict (subject, period_seconds, started_at) do update set count = rate_counters.count + ${step}
      returning subject, period_seconds, started_at, count
    )
    select added.period_seconds as period, added.count as current, coalesce(earlier.count, 0) as previous
    from added left join rate_counters earlier
      on earlier.subject = added.subject and earlier.period_seconds = added.period_seconds
      and earlier.started_at = added.started_at - added.period_seconds`);
  return windows.map((window) => {
    const { current = 0, previous = 0 } = counted.find(({ period }) => period === window.periodSeconds) ?? {};
    const elapsed = (seconds % window.periodSeconds) / window.periodSeconds;
    return { window, current, previous, used: current + previous * (1 - elapsed) };
  });
}

function verdict(counts: readonly Count[], seconds: number, allowed: boolean): RateVerdict {
  const considered = allowed ? counts : counts.filter(({ window, used }) => used > window.limit);
  const [tightest] = [...considered].sort((a, b) => share(a) - share(b));
  const remaining = Math.max(0, Math.floor(tightest.window.limit - tightest.used));
  const resetAt = Math.ceil(
    allowed ? windowEnd(seconds, tightest.window) : seconds + secondsUntilRoom(tightest, seconds),
  );
  return { allowed, limit: tightest.window.limit, remaining: allowed ? remaining : 0, resetAt };
}

function share({ window, used }: Count): number {
  return (window.limit - used) / window.limit;
}

/** When the requests that still count have faded enough for one more. The refused one is in `current` and not to be counted. */
function secondsUntilRoom({ window, current, previous }: Count, seconds: number): number {
  const { limit, periodSeconds } = window;
  const elapsed = seconds % periodSeconds;
  const others = current - 1;
  if (previous > 0 && others + 1 <= limit) {
    const fadedShare = (limit - 1 - others) / previous;
    return Math.max(1, periodSeconds * (1 - Math.max(0, fadedShare)) - elapsed);
  }
  // This window alone is full: it must become the earlier one and fade.
  const share = others > 0 ? (limit - 1) / others : 1;
  return Math.max(1, periodSeconds - elapsed + periodSeconds * (1 - Math.min(1, share)));
}

function windowStart(seconds: number, periodSeconds: number): number {
  return Math.floor(seconds / periodSeconds) * periodSeconds;
}

function windowEnd(seconds: number, { periodSeconds }: RateWindow): number {
  return windowStart(seconds, periodSeconds) + periodSeconds;
}

/** Deletes counters that no window reaches back to any more. */
async function sweepCounters(db: Database, now: Date): Promise<void> {
  const seconds = Math.floor(now.getTime() / 1000);
  await db.execute(sql`delete from rate_counters where started_at + 2 * period_seconds < ${seconds}`);
}
