import { and, desc, eq, gt, isNull, lt, ne, or } from 'drizzle-orm';
import { sessions, users } from '@/lib/domain/accounts/tables';
import { members, workspaces } from '@/lib/domain/workspaces/tables';
import type { Queryable } from '@/lib/platform/db/database';

export type SessionRow = typeof sessions.$inferSelect;

export async function insertSession(db: Queryable, row: SessionRow): Promise<void> {
  await db.insert(sessions).values(row);
}

/** A session that has neither ended nor been revoked, with its person's personal workspace. */
export async function findLiveSession(db: Queryable, sessionId: string, now: Date) {
  const [row] = await db
    .select({
      sessionId: sessions.id,
      userId: sessions.userId,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      isAdmin: users.isAdmin,
      workspaceId: workspaces.id,
      plan: workspaces.plan,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(members, eq(members.userId, users.id))
    .innerJoin(workspaces, and(eq(workspaces.id, members.workspaceId), eq(workspaces.kind, 'personal')))
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)));
  return row ?? null;
}

/** The person's living sessions, the last used first. */
export function listLiveSessions(db: Queryable, userId: string, now: Date): Promise<SessionRow[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id));
}

/** Notes a use; a session that was revoked in between stays revoked. */
export async function touchSession(db: Queryable, sessionId: string, lastSeenAt: Date, expiresAt: Date): Promise<void> {
  await db.update(sessions).set({ lastSeenAt, expiresAt }).where(eq(sessions.id, sessionId));
}

/** Ends a session of the person. Null when it is not theirs or has ended already. */
export async function endSession(
  db: Queryable,
  userId: string,
  sessionId: string,
  now: Date,
): Promise<SessionRow | null> {
  const [row] = await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
      ),
    )
    .returning();
  return row ?? null;
}

/** Ends the session whose cookie a browser sent, whoever's it is: at sign-out, and when it signs in anew. */
export async function endGivenSession(db: Queryable, sessionId: string, now: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
}

/** Ends the person's sessions, all or all but one; gives how many. */
export async function endSessions(
  db: Queryable,
  userId: string,
  { except, now }: { except: string | null; now: Date },
): Promise<number> {
  const rows = await db
    .update(sessions)
    .set({ revokedAt: now })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        except === null ? undefined : ne(sessions.id, except),
      ),
    )
    .returning({ id: sessions.id });
  return rows.length;
}

/** Whether the person has signed in from this address before, as far as sessions are kept. */
export async function hasSignedInFrom(db: Queryable, userId: string, address: string): Promise<boolean> {
  const [row] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), eq(sessions.address, address)))
    .limit(1);
  return row !== undefined;
}

/** Deletes sessions that ended before the moment, by themselves or by revocation; gives how many. */
export async function deleteEndedSessions(db: Queryable, before: Date): Promise<number> {
  const deleted = await db
    .delete(sessions)
    .where(or(lt(sessions.expiresAt, before), lt(sessions.revokedAt, before)))
    .returning({ id: sessions.id });
  return deleted.length;
}
