import { and, count, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { passwordResets, recoveryCodes, users } from '@/lib/domain/accounts/tables';
import type { Queryable, Transaction } from '@/lib/platform/db/database';

/** Accepts a code's step unless it, or a later one, was accepted before. */
export async function acceptTotpStep(db: Queryable, userId: string, step: number): Promise<boolean> {
  const accepted = await db
    .update(users)
    .set({ totpLastStep: step })
    .where(and(eq(users.id, userId), or(isNull(users.totpLastStep), lt(users.totpLastStep, step))))
    .returning({ id: users.id });
  return accepted.length > 0;
}

/** Uses a recovery code up. False when it is none of the person's or was used before. */
export async function spendRecoveryCode(db: Queryable, userId: string, codeHash: string, now: Date): Promise<boolean> {
  const spent = await db
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(recoveryCodes.codeHash, codeHash), eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)))
    .returning({ userId: recoveryCodes.userId });
  return spent.length > 0;
}

/** Puts new recovery codes in the place of all earlier ones. */
export async function replaceRecoveryCodes(
  transaction: Transaction,
  userId: string,
  codeHashes: readonly string[],
): Promise<void> {
  await transaction.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  if (codeHashes.length === 0) return;
  await transaction.insert(recoveryCodes).values(codeHashes.map((codeHash) => ({ codeHash, userId })));
}

/** Recovery codes the person can still use. */
export async function countRecoveryCodes(db: Queryable, userId: string): Promise<number> {
  const [{ total }] = await db
    .select({ total: count() })
    .from(recoveryCodes)
    .where(and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)));
  return total;
}

export async function insertPasswordReset(db: Queryable, row: typeof passwordResets.$inferInsert): Promise<void> {
  await db.insert(passwordResets).values(row);
}

/** Uses a mailed link up and gives whose it is. Null when it is unknown, used or expired. */
export async function spendPasswordReset(db: Queryable, tokenHash: string, now: Date): Promise<string | null> {
  const [row] = await db
    .update(passwordResets)
    .set({ usedAt: now })
    .where(
      and(eq(passwordResets.tokenHash, tokenHash), isNull(passwordResets.usedAt), gt(passwordResets.expiresAt, now)),
    )
    .returning({ userId: passwordResets.userId });
  return row?.userId ?? null;
}

/** Makes every link mailed to the person so far useless. */
export async function deletePasswordResets(db: Queryable, userId: string): Promise<void> {
  await db.delete(passwordResets).where(eq(passwordResets.userId, userId));
}

/** Deletes links that expired before the moment; gives how many. */
export async function deleteExpiredPasswordResets(db: Queryable, before: Date): Promise<number> {
  const deleted = await db
    .delete(passwordResets)
    .where(lt(passwordResets.expiresAt, before))
    .returning({ userId: passwordResets.userId });
  return deleted.length;
}
