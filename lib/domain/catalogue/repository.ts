import { and, count, eq, inArray } from 'drizzle-orm';
import { catalogueAcceptances, catalogueFiles } from '@/lib/domain/catalogue/tables';
import type { Queryable, Transaction } from '@/lib/platform/db/database';

export type CatalogueFileRow = typeof catalogueFiles.$inferSelect;
export type AcceptanceRow = typeof catalogueAcceptances.$inferSelect;

/** The download of a job, while it may still write. */
export type Run = { readonly address: string; readonly runId: string };

/** What is known of these addresses. */
export async function listCatalogueFiles(db: Queryable, addresses: readonly string[]): Promise<CatalogueFileRow[]> {
  return db
    .select()
    .from(catalogueFiles)
    .where(inArray(catalogueFiles.address, [...addresses]));
}

export async function listAcceptedNames(db: Queryable, workspaceId: string): Promise<Set<string>> {
  const rows = await db
    .select({ name: catalogueAcceptances.name })
    .from(catalogueAcceptances)
    .where(eq(catalogueAcceptances.workspaceId, workspaceId));
  return new Set(rows.map(({ name }) => name));
}

/** The row of an address, made when there is none, locked until the transaction ends. */
export async function lockCatalogueFile(
  transaction: Transaction,
  address: string,
  now: Date,
): Promise<CatalogueFileRow> {
  const empty = { address, state: 'absent', receivedBytes: 0, updatedAt: now } as const;
  await transaction.insert(catalogueFiles).values(empty).onConflictDoNothing();
  const [row] = await transaction
    .select()
    .from(catalogueFiles)
    .where(eq(catalogueFiles.address, address))
    .for('update');
  return row;
}

export async function updateCatalogueFile(
  db: Queryable,
  address: string,
  changes: Partial<CatalogueFileRow>,
): Promise<void> {
  await db.update(catalogueFiles).set(changes).where(eq(catalogueFiles.address, address));
}

/** Writes what a download has to say. Null when it was cancelled or replaced: then it has nothing to say any more. */
export async function updateRun(
  db: Queryable,
  { address, runId }: Run,
  changes: Partial<CatalogueFileRow>,
): Promise<CatalogueFileRow | null> {
  const isRunning = inArray(catalogueFiles.state, ['waiting', 'downloading']);
  const [row] = await db
    .update(catalogueFiles)
    .set(changes)
    .where(and(eq(catalogueFiles.address, address), eq(catalogueFiles.runId, runId), isRunning))
    .returning();
  return row ?? null;
}

/** Writes that a workspace accepts a licence, or that it waits for the file again. True when it had not accepted before. */
export async function keepAcceptance(db: Queryable, row: AcceptanceRow): Promise<boolean> {
  const { workspaceId, name, awaitedAddress } = row;
  const inserted = await db
    .insert(catalogueAcceptances)
    .values(row)
    .onConflictDoNothing()
    .returning({ name: catalogueAcceptances.name });
  if (inserted.length > 0) return true;
  await db
    .update(catalogueAcceptances)
    .set({ awaitedAddress })
    .where(and(eq(catalogueAcceptances.workspaceId, workspaceId), eq(catalogueAcceptances.name, name)));
  return false;
}

/** This workspace does not wait for a file any more. False when it did not. */
export async function stopAwaiting(db: Queryable, workspaceId: string, address: string): Promise<boolean> {
  const stopped = await db
    .update(catalogueAcceptances)
    .set({ awaitedAddress: null })
    .where(and(eq(catalogueAcceptances.workspaceId, workspaceId), eq(catalogueAcceptances.awaitedAddress, address)))
    .returning({ name: catalogueAcceptances.name });
  return stopped.length > 0;
}

/** Nobody waits for a file any more: it is here, or will not come. */
export async function endAwaiting(db: Queryable, address: string): Promise<void> {
  await db
    .update(catalogueAcceptances)
    .set({ awaitedAddress: null })
    .where(eq(catalogueAcceptances.awaitedAddress, address));
}

export async function countAwaiting(db: Queryable, address: string): Promise<number> {
  const [{ waiting }] = await db
    .select({ waiting: count() })
    .from(catalogueAcceptances)
    .where(eq(catalogueAcceptances.awaitedAddress, address));
  return waiting;
}

/** Whether somebody accepted the licence of these weights for the workspace. */
export async function isAccepted(db: Queryable, workspaceId: string, name: string): Promise<boolean> {
  const rows = await db
    .select({ name: catalogueAcceptances.name })
    .from(catalogueAcceptances)
    .where(and(eq(catalogueAcceptances.workspaceId, workspaceId), eq(catalogueAcceptances.name, name)));
  return rows.length > 0;
}
