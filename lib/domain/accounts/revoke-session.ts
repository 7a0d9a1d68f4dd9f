import { notFound } from '@/lib/core/errors';
import { describeDevice } from '@/lib/domain/accounts/describe-device';
import { requireOwnSession } from '@/lib/domain/accounts/require-own-session';
import { endSession } from '@/lib/domain/accounts/sessions-repository';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { actingUserId, type Context } from '@/lib/domain/context';

/** Signs one of the person's devices out, at once. Throws `NOT_FOUND`. */
export async function revokeSession(context: Context, sessionId: string): Promise<{ id: string; current: boolean }> {
  const currentId = requireOwnSession(context);
  const { db, now } = context;
  const userId = actingUserId(context);
  await db.transaction(async (transaction) => {
    const ended = await endSession(transaction, userId, sessionId, now());
    if (ended === null) throw notFound('Session');
    await recordActivity(context, transaction, {
      action: 'updated',
      resource: { type: 'settings', id: userId, name: 'Security' },
      message: `Signed out ${describeDevice(ended.userAgent)}`,
    });
  });
  return { id: sessionId, current: sessionId === currentId };
}
