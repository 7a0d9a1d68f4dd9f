import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { hashKey } from '@/lib/domain/api-keys/find-key-holder';
import { keyPrefix } from '@/lib/domain/api-keys/key-prefix';
import { findKeyByHash, insertKey } from '@/lib/domain/api-keys/repository';
import { actingUserId, type Context } from '@/lib/domain/context';

/**
 * Adds a key that the operator chose, with full access, unless it exists. One that was revoked stays revoked. Throws `CONFLICT`
 * when another workspace has it.
 */
export async function ensureApiKey(context: Context, key: string): Promise<void> {
  const { db, now, workspaceId } = context;
  const name = 'Initial key';
  const keyHash = hashKey(key);
  const row = {
    id: newId('apiKey'),
    workspaceId,
    userId: actingUserId(context),
    name,
    kind: 'ul',
    keyHash,
    prefix: keyPrefix(key),
    scopes: [],
    createdAt: now(),
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
  } as const;
  const isNew = await db.transaction(async (transaction) => {
    if (!(await insertKey(transaction, { ...row, scopes: [] }))) return false;
    await recordActivity(context, transaction, {
      action: 'created',
      resource: { type: 'api_key', id: row.id, name },
      message: `Created API key ${name}`,
    });
    return true;
  });
  if (isNew) return;
  const existing = await findKeyByHash(db, keyHash);
  if (existing !== null && existing.workspaceId !== workspaceId) {
    throw new DomainError(
      'CONFLICT',
      'The initial API key belongs to another account of this server. Choose another key.',
    );
  }
}
