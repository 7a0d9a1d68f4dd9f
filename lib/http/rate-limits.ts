import { DomainError } from '@/lib/core/errors';
import type { Plan } from '@/lib/domain/context';
import type { LimitClass } from '@/lib/http/operation';
import type { RateVerdict, RateWindow } from '@/lib/platform/limiter/sliding-window';

const minute = 60;
const hour = 3600;
const day = 86_400;
/** The HUB counts by the month; thirty days slide. */
const month = 30 * day;

const per = (periodSeconds: number, limit: number): RateWindow => ({ periodSeconds, limit });

/** The seeds' tables. Enterprise is custom there; an operator of a private installation rather sets LIMITS_OFF. */
const planWindows: Readonly<Record<'api' | 'inference' | 'hub', Readonly<Record<Plan, readonly RateWindow[]>>>> = {
  api: {
    free: [per(minute, 60), per(day, 1_000)],
    pro: [per(minute, 300), per(day, 50_000)],
    enterprise: [per(minute, 3_000), per(day, 1_000_000)],
  },
  inference: {
    free: [per(minute, 10), per(day, 100)],
    pro: [per(minute, 60), per(day, 10_000)],
    enterprise: [per(minute, 1_200), per(day, 1_000_000)],
  },
  hub: {
    free: [per(hour, 100), per(month, 1_000)],
    pro: [per(hour, 1_000), per(month, 10_000)],
    enterprise: [per(hour, 20_000), per(month, 1_000_000)],
  },
};

/** The pages themselves call often; only a program gone wild calls more than this. */
const sessionWindows: readonly RateWindow[] = [per(minute, 1_200)];

/** Callers nobody knows, by address. */
const anonymousWindows: readonly RateWindow[] = [per(minute, 120)];

/** Calls that were refused because nobody knows their key, by address: far more than any mistaken script sends. */
const refusedWindows: readonly RateWindow[] = [per(minute, 600)];

/** Attempts to sign in, sign up or get a new password, by address; per account there is a tighter one. */
const signInWindows: readonly RateWindow[] = [per(minute, 20), per(hour, 100)];

/** Which windows a call counts in, and as whom. Null: it is not counted. */
export function windowsFor(
  limit: LimitClass,
  caller:
    | { readonly kind: 'key' | 'session'; readonly id: string; readonly plan: Plan }
    | { readonly kind: 'anonymous'; readonly address: string },
): { readonly subject: string; readonly windows: readonly RateWindow[] } | null {
  if (limit === 'none') return null;
  if (caller.kind === 'anonymous') {
    const windows = limit === 'sign-in' ? signInWindows : anonymousWindows;
    return { subject: `${limit}:address:${caller.address}`, windows };
  }
  if (limit === 'sign-in') return { subject: `sign-in:${caller.kind}:${caller.id}`, windows: signInWindows };
  if (limit === 'api' && caller.kind === 'session')
    return { subject: `api:session:${caller.id}`, windows: sessionWindows };
  return { subject: `${limit}:${caller.kind}:${caller.id}`, windows: planWindows[limit][caller.plan] };
}

/** The windows of a call whose caller was refused before it could count as anybody's. Null: it is not counted. */
export function refusedWindowsFor(limit: LimitClass, address: string): ReturnType<typeof windowsFor> {
  return limit === 'none' ? null : { subject: `refused:address:${address}`, windows: refusedWindows };
}

export function setRateHeaders(headers: Headers, { limit, remaining, resetAt }: RateVerdict): void {
  headers.set('X-RateLimit-Limit', String(limit));
  headers.set('X-RateLimit-Remaining', String(remaining));
  headers.set('X-RateLimit-Reset', String(resetAt));
}

export function rateLimited({ limit, resetAt }: RateVerdict, now: Date): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil(resetAt - now.getTime() / 1000));
  return new DomainError(
    'RATE_LIMITED',
    `Rate limited: ${limit} requests are allowed in this window. Try again in ${retryAfterSeconds} s, or raise the plan.`,
    { retryAfterSeconds },
  );
}
