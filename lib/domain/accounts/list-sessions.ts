import { describeDevice } from '@/lib/domain/accounts/describe-device';
import { requireOwnSession } from '@/lib/domain/accounts/require-own-session';
import type { Session } from '@/lib/domain/accounts/schema';
import { listLiveSessions } from '@/lib/domain/accounts/sessions-repository';
import { actingUserId, type Context } from '@/lib/domain/context';

/** The devices on which the person is signed in, the last used first. */
export async function listSessions(context: Context): Promise<Session[]> {
  const currentId = requireOwnSession(context);
  const rows = await listLiveSessions(context.db, actingUserId(context), context.now());
  return rows.map(({ id, userAgent, address, createdAt, lastSeenAt, expiresAt }) => ({
    id,
    device: describeDevice(userAgent),
    address,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    current: id === currentId,
  }));
}
