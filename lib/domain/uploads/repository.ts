import { and, count, eq, gt, lte } from 'drizzle-orm';
import { uploads } from '@/lib/domain/uploads/tables';
import { workspaces } from '@/lib/domain/workspaces/tables';
import type { Queryable, Transaction } from '@/lib/platform/db/database';

export type UploadRow = typeof uploads.$inferSelect;

/** An upload of the workspace that has not expired, or null. */
export async function findUpload(db: Queryable, workspaceId: string, id: string, now: Date): Promise<UploadRow | null> {
  const [row] = await db
    .select()
    .from(uploads)
    .where(isOpen(workspaceId, id, now));
  return row ?? null;
}

/** How many uploads of the workspace are open. Others who begin one wait until the transaction ends. */
export async function countOpenUploadsLocked(
  transaction: Transaction,
  workspaceId: string,
  now: Date,
): Promise<number> {
  await transaction
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for('no key update');
  const [{ open }] = await transaction
    .select({ open: count() })
    .from(uploads)
    .where(and(eq(uploads.workspaceId, workspaceId), gt(uploads.expiresAt, now)));
  return open;
}

export async function insertUpload(db: Queryable, row: UploadRow): Promise<void> {
  await db.insert(uploads).values(row);
}

/** False when the upload is not there, has expired or was used by another request. */
export async function deleteUpload(db: Queryable, workspaceId: string, id: string, now: Date): Promise<boolean> {
  const deleted = await db
    .delete(uploads)
    .where(isOpen(workspaceId, id, now))
    .returning({ id: uploads.id });
  return deleted.length > 0;
}

/** Deletes the rows of all uploads that have expired, and gives their ids. */
export async function deleteExpiredUploads(db: Queryable, now: Date): Promise<string[]> {
  const deleted = await db.delete(uploads).where(lte(uploads.expiresAt, now)).returning({ id: uploads.id });
  return deleted.map((row) => row.id);
}

function isOpen(workspaceId: string, id: string, now: Date) {
  return and(eq(uploads.workspaceId, workspaceId), eq(uploads.id, id), gt(uploads.expiresAt, now));
}
