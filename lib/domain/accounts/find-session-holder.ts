import { sessionExpiry } from '@/lib/domain/accounts/session-lifetime';
import { findLiveSession, touchSession } from '@/lib/domain/accounts/sessions-repository';
import type { Plan, Services } from '@/lib/domain/context';

/** Who a session acts for: the person, in their personal workspace. */
type SessionHolder = {
  readonly sessionId: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly plan: Plan;
  readonly isAdmin: boolean;
};

/** The last use is noted at most this often. */
const touchIntervalMs = 60_000;

/** Whom a session belongs to, or null when it has ended. Checked in the database each time, so that signing out works at once. */
export async function findSessionHolder(
  { db, now }: Pick<Services, 'db' | 'now'>,
  sessionId: string,
): Promise<SessionHolder | null> {
  const at = now();
  const found = await findLiveSession(db, sessionId, at);
  if (found === null) return null;
  const { createdAt, lastSeenAt, ...holder } = found;
  if (at.getTime() - lastSeenAt.getTime() > touchIntervalMs) {
    await touchSession(db, sessionId, at, sessionExpiry(createdAt, at));
  }
  return holder;
}
