import { and, count, desc, eq, gt, isNull, or } from 'drizzle-orm';
import { type PageQuery, pageOffset } from '@/lib/core/page';
import { apiKeys } from '@/lib/domain/api-keys/tables';
import { workspaces } from '@/lib/domain/workspaces/tables';
import type { Queryable, Transaction } from '@/lib/platform/db/database';

export type ApiKeyRow = typeof apiKeys.$inferSelect;

/** The key with this hash, with its workspace's plan, unless it is revoked or expired. */
export async function findActiveKey(db: Queryable, keyHash: string, now: Date) {
  const [row] = await db
    .select({
      id: apiKeys.id,
      userId: apiKeys.userId,
      workspaceId: apiKeys.workspaceId,
      plan: workspaces.plan,
      scopes: apiKeys.scopes,
      lastUsedAt: apiKeys.lastUsedAt,
    })
    .from(apiKeys)
    .innerJoin(workspaces, eq(workspaces.id, apiKeys.workspaceId))
    .where(
      and(
        eq(apiKeys.keyHash, keyHash),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now)),
      ),
    );
  return row ?? null;
}

export async function touchKey(db: Queryable, id: string, now: Date): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: now }).where(eq(apiKeys.id, id));
}

/** A key of the workspace that is not revoked; it may have expired. */
export async function findKey(db: Queryable, workspaceId: string, id: string): Promise<ApiKeyRow | null> {
  const [row] = await db
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)));
  return row ?? null;
}

/** The key with this hash, revoked or not. */
export async function findKeyByHash(db: Queryable, keyHash: string): Promise<ApiKeyRow | null> {
  const [row] = await db.select().from(apiKeys).where(eq(apiKeys.keyHash, keyHash));
  return row ?? null;
}

/** One page of the workspace's keys that are not revoked, newest first, and how many there are. */
export async function listKeyRows(
  db: Queryable,
  workspaceId: string,
  query: PageQuery,
): Promise<{ rows: ApiKeyRow[]; total: number }> {
  const wanted = and(eq(apiKeys.workspaceId, workspaceId), isNull(apiKeys.revokedAt));
  const rows = await db
    .select()
    .from(apiKeys)
    .where(wanted)
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(query.limit)
    .offset(pageOffset(query));
  const [{ total }] = await db.select({ total: count() }).from(apiKeys).where(wanted);
  return { rows, total };
}

/** Counts the workspace's keys that are not revoked; who asks next waits until the transaction ends. */
export async function countKeysLocked(transaction: Transaction, workspaceId: string): Promise<number> {
  await transaction.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for('update');
  const [{ total }] = await transaction
    .select({ total: count() })
    .from(apiKeys)
    .where(and(eq(apiKeys.workspaceId, workspaceId), isNull(apiKeys.revokedAt)));
  return total;
}

/** Adds a key, or gives false when one with this hash exists. */
export async function insertKey(db: Queryable, row: ApiKeyRow): Promise<boolean> {
  const inserted = await db.insert(apiKeys).values(row).onConflictDoNothing().returning({ id: apiKeys.id });
  return inserted.length > 0;
}

/** Revokes a key of the workspace. Null when there is none, or it was revoked before. */
export async function markKeyRevoked(
  db: Queryable,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<ApiKeyRow | null> {
  const [row] = await db
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning();
  return row ?? null;
}
