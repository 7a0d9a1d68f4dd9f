import { and, eq, gt, lte, notExists, sql } from 'drizzle-orm';
import { blobHolds, blobs } from '@/lib/domain/blobs/tables';
import { catalogueFiles } from '@/lib/domain/catalogue/tables';
import { modelFiles } from '@/lib/domain/models/tables';
import type { Queryable, Transaction } from '@/lib/platform/db/database';

/**
 * Makes sure the row of these bytes exists and cannot be deleted before the transaction ends. A deletion that is under way is
 * waited for; then the row is made anew.
 */
export async function keepBlob(
  transaction: Transaction,
  blob: { sha256: string; sizeBytes: number },
  now: Date,
): Promise<void> {
  for (;;) {
    await transaction
      .insert(blobs)
      .values({ ...blob, createdAt: now })
      .onConflictDoNothing();
    const kept = await transaction
      .select({ sha256: blobs.sha256 })
      .from(blobs)
      .where(eq(blobs.sha256, blob.sha256))
      .for('key share');
    if (kept.length > 0) return;
  }
}

export async function insertHold(db: Queryable, hold: { id: string; sha256: string; expiresAt: Date }): Promise<void> {
  await db.insert(blobHolds).values(hold);
}

/** False when the hold is gone. */
export async function deleteHold(db: Queryable, id: string): Promise<boolean> {
  const deleted = await db.delete(blobHolds).where(eq(blobHolds.id, id)).returning({ id: blobHolds.id });
  return deleted.length > 0;
}

/**
 * Deletes the row of bytes that nothing points at and nobody holds, and gives their size; null when they are needed. The row
 * is locked first, so that whoever is linking it has finished or waits for the end of this transaction.
 */
export async function deleteUnusedBlob(transaction: Transaction, sha256: string, now: Date): Promise<number | null> {
  const [blob] = await transaction.select().from(blobs).where(eq(blobs.sha256, sha256)).for('update');
  if (blob === undefined) return null;
  await transaction.delete(blobHolds).where(and(eq(blobHolds.sha256, sha256), lte(blobHolds.expiresAt, now)));
  const deleted = await transaction
    .delete(blobs)
    .where(and(eq(blobs.sha256, sha256), isUnused(transaction, now)))
    .returning({ sizeBytes: blobs.sizeBytes });
  return deleted.at(0)?.sizeBytes ?? null;
}

/** Bytes that nothing points at and nobody holds any more, at most `limit` of them. */
export async function listUnusedBlobs(db: Queryable, now: Date, limit: number): Promise<string[]> {
  const rows = await db.select({ sha256: blobs.sha256 }).from(blobs).where(isUnused(db, now)).limit(limit);
  return rows.map((row) => row.sha256);
}

/** Every table that points at blobs is named here; its foreign key stops a deletion that forgot it. */
function isUnused(db: Queryable, now: Date) {
  const pointers = db.select({ one: sql`1` }).from(modelFiles).where(eq(modelFiles.sha256, blobs.sha256));
  const catalogued = db.select({ one: sql`1` }).from(catalogueFiles).where(eq(catalogueFiles.sha256, blobs.sha256));
  const holds = db
    .select({ one: sql`1` })
    .from(blobHolds)
    .where(and(eq(blobHolds.sha256, blobs.sha256), gt(blobHolds.expiresAt, now)));
  return and(notExists(pointers), notExists(catalogued), notExists(holds));
}
