import { DomainError, invalidInput } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { randomHex } from '@/lib/core/random';
import { allows } from '@/lib/core/scopes';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { hashKey } from '@/lib/domain/api-keys/find-key-holder';
import { keyPrefix } from '@/lib/domain/api-keys/key-prefix';
import { presentApiKey } from '@/lib/domain/api-keys/present-api-key';
import { countKeysLocked, findKey, insertKey } from '@/lib/domain/api-keys/repository';
import type { CreateApiKeyInput, CreatedApiKey } from '@/lib/domain/api-keys/schema';
import { actingUserId, type Context, requireScope } from '@/lib/domain/context';

/** 160 bits, written as 40 hexadecimal digits: the shape that the Python package insists on. */
const keyBytes = 20;

/** Nobody keeps track of more; a script that makes keys without end is stopped here. */
const maximumKeys = 200;

/** Written with an offset, the last hours of this year lie in one that neither JSON nor the database writes alike. */
const lastYear = 9999;

/**
 * Makes a key and gives it, this once. A key makes only keys that may do no more and last no longer than itself. Throws
 * `VALIDATION_ERROR`, `FORBIDDEN`, and `QUOTA_EXCEEDED` beyond 200 keys.
 */
export async function createApiKey(context: Context, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  requireScope(context, 'keys');
  const { db, now, workspaceId } = context;
  const expiresAt = input.expiresAt === null ? null : new Date(input.expiresAt);
  if (expiresAt !== null && expiresAt <= now()) {
    throw invalidInput([{ path: 'expiresAt', message: 'expected a moment in the future' }]);
  }
  if (expiresAt !== null && expiresAt.getUTCFullYear() > lastYear) {
    throw invalidInput([{ path: 'expiresAt', message: `expected a moment up to the year ${lastYear}; null: never` }]);
  }
  await refuseMoreThanOwn(context, input, expiresAt);
  const { name, kind } = input;
  const key = `${kind}_${randomHex(keyBytes)}`;
  const row = {
    id: newId('apiKey'),
    workspaceId,
    userId: actingUserId(context),
    name,
    kind,
    keyHash: hashKey(key),
    prefix: keyPrefix(key),
    scopes: [...new Set(input.scopes)],
    createdAt: now(),
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
  };
  await db.transaction(async (transaction) => {
    if ((await countKeysLocked(transaction, workspaceId)) >= maximumKeys) {
      throw new DomainError(
        'QUOTA_EXCEEDED',
        `A workspace has at most ${maximumKeys} API keys. Revoke those that are no longer used.`,
      );
    }
    await insertKey(transaction, row);
    await recordActivity(context, transaction, {
      action: 'created',
      resource: { type: 'api_key', id: row.id, name },
      message: `Created API key ${name}`,
      details: { kind, scopes: row.scopes, expiresAt: expiresAt?.toISOString() ?? null },
    });
  });
  return { ...presentApiKey(row, now()), key };
}

async function refuseMoreThanOwn(
  { actor, db, workspaceId }: Context,
  { scopes }: CreateApiKeyInput,
  expiresAt: Date | null,
): Promise<void> {
  if (actor.kind !== 'key') return;
  if (actor.scopes.length > 0) {
    const excess = scopes.filter((scope) => !allows(actor.scopes, scope));
    if (scopes.length === 0 || excess.length > 0) {
      throw new DomainError(
        'FORBIDDEN',
        `An API key makes only keys that may do no more than itself. It has ${quoted(actor.scopes)}; asked for was ${scopes.length === 0 ? 'full access' : quoted(excess)}.`,
      );
    }
  }
  const own = await findKey(db, workspaceId, actor.apiKeyId);
  const limit = own?.expiresAt ?? null;
  if (limit !== null && (expiresAt === null || expiresAt > limit)) {
    throw new DomainError(
      'FORBIDDEN',
      `An API key makes only keys that last no longer than itself. Send an expiresAt up to ${limit.toISOString()}.`,
    );
  }
}

function quoted(scopes: readonly string[]): string {
  return scopes.map((scope) => `“${scope}”`).join(', ');
}
