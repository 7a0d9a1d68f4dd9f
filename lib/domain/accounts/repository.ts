import { and, asc, count, eq, like, sql } from 'drizzle-orm';
import { identities, users } from '@/lib/domain/accounts/tables';
import { members, workspaces } from '@/lib/domain/workspaces/tables';
import type { Queryable, Transaction } from '@/lib/platform/db/database';

export type UserRow = typeof users.$inferSelect;

/** A person with their personal workspace. */
export type AccountRow = {
  readonly user: UserRow;
  readonly workspaceId: string;
  readonly username: string;
  readonly plan: (typeof workspaces.$inferSelect)['plan'];
};

/** Any number, the same on every node: who creates an account waits for whoever is creating one. */
const accountCreationLock = 7_205_113;

/** Makes the creation of accounts wait in line until the transaction ends, so that exactly one is the first. */
export async function lockAccountCreation(transaction: Transaction): Promise<void> {
  await transaction.execute(sql`select pg_advisory_xact_lock(${accountCreationLock})`);
}

export async function isWithoutAccounts(db: Queryable): Promise<boolean> {
  const [row] = await db.select({ id: users.id }).from(users).limit(1);
  return row === undefined;
}

/** Adds the person, or gives false when another account has the e-mail address. */
export async function insertUser(db: Queryable, row: UserRow): Promise<boolean> {
  const inserted = await db.insert(users).values(row).onConflictDoNothing().returning({ id: users.id });
  return inserted.length > 0;
}

/** Adds the workspace with the person as its owner, or gives false when another workspace has the name. */
export async function insertOwnedWorkspace(
  db: Queryable,
  row: typeof workspaces.$inferInsert,
  userId: string,
): Promise<boolean> {
  const inserted = await db.insert(workspaces).values(row).onConflictDoNothing().returning({ id: workspaces.id });
  if (inserted.length === 0) return false;
  await db.insert(members).values({ workspaceId: row.id, userId, role: 'owner', createdAt: row.createdAt });
  return true;
}

/** The account of a person, or null. */
export async function findAccount(db: Queryable, userId: string): Promise<AccountRow | null> {
  const [row] = await selectAccounts(db).where(eq(users.id, userId));
  return row ?? null;
}

/** The account with the e-mail address in any capitalisation, or null. */
export async function findAccountByEmail(db: Queryable, email: string): Promise<AccountRow | null> {
  const [row] = await selectAccounts(db).where(eq(sql`lower(${users.email})`, email.toLowerCase()));
  return row ?? null;
}

/** The account that somebody of another provider has here, or null. */
export async function findAccountByIdentity(
  db: Queryable,
  provider: string,
  providerAccountId: string,
): Promise<AccountRow | null> {
  const [row] = await selectAccounts(db)
    .innerJoin(identities, eq(identities.userId, users.id))
    .where(and(eq(identities.provider, provider), eq(identities.providerAccountId, providerAccountId)));
  return row ?? null;
}

/** The person's row, locked until the transaction ends, or null. */
export async function lockUser(transaction: Transaction, userId: string): Promise<UserRow | null> {
  const [row] = await transaction.select().from(users).where(eq(users.id, userId)).for('update');
  return row ?? null;
}

export async function updateUser(db: Queryable, userId: string, changes: Partial<UserRow>): Promise<void> {
  await db.update(users).set(changes).where(eq(users.id, userId));
}

/** Whether another person has the e-mail address in any capitalisation. */
export async function isEmailTaken(db: Queryable, email: string, exceptUserId: string): Promise<boolean> {
  const [row] = await db
    .select({ total: count() })
    .from(users)
    .where(and(eq(sql`lower(${users.email})`, email.toLowerCase()), sql`${users.id} <> ${exceptUserId}`));
  return row.total > 0;
}

/** Names of workspaces that begin with `name`. */
export async function takenUsernames(db: Queryable, name: string): Promise<Set<string>> {
  const rows = await db
    .select({ slug: workspaces.slug })
    .from(workspaces)
    .where(like(workspaces.slug, `${name}%`));
  return new Set(rows.map(({ slug }) => slug));
}

/** Connects a person with who they are at a provider, or gives false when that is connected already. */
export async function insertIdentity(db: Queryable, row: typeof identities.$inferInsert): Promise<boolean> {
  const inserted = await db.insert(identities).values(row).onConflictDoNothing().returning({ of: identities.userId });
  return inserted.length > 0;
}

/** The providers a person is connected with, oldest first. */
export async function listProviders(db: Queryable, userId: string): Promise<string[]> {
  const rows = await db
    .select({ provider: identities.provider })
    .from(identities)
    .where(eq(identities.userId, userId))
    .orderBy(asc(identities.createdAt), asc(identities.provider));
  return [...new Set(rows.map(({ provider }) => provider))];
}

/** Gives false when the person was not connected with the provider. */
export async function deleteIdentities(db: Queryable, userId: string, provider: string): Promise<boolean> {
  const deleted = await db
    .delete(identities)
    .where(and(eq(identities.userId, userId), eq(identities.provider, provider)))
    .returning({ provider: identities.provider });
  return deleted.length > 0;
}

function selectAccounts(db: Queryable) {
  return db
    .select({ user: users, workspaceId: workspaces.id, username: workspaces.slug, plan: workspaces.plan })
    .from(users)
    .innerJoin(members, eq(members.userId, users.id))
    .innerJoin(workspaces, and(eq(workspaces.id, members.workspaceId), eq(workspaces.kind, 'personal')))
    .$dynamic();
}
