import { notFound } from '@/lib/core/errors';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { markKeyRevoked } from '@/lib/domain/api-keys/repository';
import { type Context, requireScope } from '@/lib/domain/context';

/** Makes a key useless at once; it leaves the list. Throws `NOT_FOUND`. */
export async function revokeApiKey(context: Context, id: string): Promise<{ id: string; revokedAt: string }> {
  requireScope(context, 'keys');
  const { db, now, workspaceId } = context;
  const at = now();
  await db.transaction(async (transaction) => {
    const revoked = await markKeyRevoked(transaction, workspaceId, id, at);
    if (revoked === null) throw notFound('API key');
    await recordActivity(context, transaction, {
      action: 'deleted',
      resource: { type: 'api_key', id, name: revoked.name },
      message: `Revoked API key ${revoked.name}`,
    });
  });
  return { id, revokedAt: at.toISOString() };
}
