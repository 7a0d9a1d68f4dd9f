import { requireOwnSession } from '@/lib/domain/accounts/require-own-session';
import { endSessions } from '@/lib/domain/accounts/sessions-repository';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { actingUserId, type Context } from '@/lib/domain/context';

/** Signs the person out everywhere but here, at once. */
export async function revokeOtherSessions(context: Context): Promise<{ endedSessions: number }> {
  const currentId = requireOwnSession(context);
  const { db, now } = context;
  const userId = actingUserId(context);
  return db.transaction(async (transaction) => {
    const endedSessions = await endSessions(transaction, userId, { except: currentId, now: now() });
    if (endedSessions === 0) return { endedSessions };
    await recordActivity(context, transaction, {
      action: 'updated',
      resource: { type: 'settings', id: userId, name: 'Security' },
      message: `Signed out ${endedSessions === 1 ? 'another device' : `${endedSessions} other devices`}`,
      details: { endedSessions },
    });
    return { endedSessions };
  });
}
