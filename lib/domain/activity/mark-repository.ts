import { and, eq, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Inbox } from '@/lib/domain/activity/box-parts';
import { activityEvents, activityMarks } from '@/lib/domain/activity/tables';
import { members } from '@/lib/domain/workspaces/tables';
import type { Queryable, Transaction } from '@/lib/platform/db/database';

/** Notes that a person has seen these events. The first time counts. */
export async function markSeen(db: Queryable, userId: string, ids: readonly string[], now: Date): Promise<void> {
  await upsertMarks(db, userId, ids, { seenAt: now, archivedAt: null, keptAt: null }, { seenAt: firstSeen });
}

/** Lays these events into the archive. */
export async function markArchived(db: Queryable, userId: string, ids: readonly string[], now: Date): Promise<void> {
  const mark = { seenAt: now, archivedAt: now, keptAt: null };
  await upsertMarks(db, userId, ids, mark, { seenAt: firstSeen, archivedAt: now, keptAt: null });
}

/** Brings these events back to the inbox. */
export async function markKept(db: Queryable, userId: string, ids: readonly string[], now: Date): Promise<void> {
  const mark = { seenAt: now, archivedAt: null, keptAt: now };
  await upsertMarks(db, userId, ids, mark, { seenAt: firstSeen, archivedAt: null, keptAt: now });
}

/** Everything up to `through` counts as seen; marks that said no more than that go. */
export async function markAllSeen(db: Transaction, inbox: Inbox, through: Date): Promise<void> {
  await updateMember(db, inbox, { activitySeenAt: latest(members.activitySeenAt, through) });
  await db
    .delete(activityMarks)
    .where(
      and(marksUpTo(inbox, through), sql`${activityMarks.archivedAt} is null`, sql`${activityMarks.keptAt} is null`),
    );
}

/** Everything up to `through` lies in the archive and counts as seen; single marks say nothing more about it. */
export async function markAllArchived(db: Transaction, inbox: Inbox, through: Date): Promise<void> {
  await updateMember(db, inbox, {
    activitySeenAt: latest(members.activitySeenAt, through),
    activityArchivedAt: latest(members.activityArchivedAt, through),
  });
  await db.delete(activityMarks).where(marksUpTo(inbox, through));
}

/** Empties the archive into the inbox. What was seen stays seen. */
export async function markNoneArchived(db: Transaction, inbox: Inbox): Promise<void> {
  await updateMember(db, inbox, { activityArchivedAt: null });
  await db.update(activityMarks).set({ archivedAt: null, keptAt: null }).where(marksUpTo(inbox, null));
}

const firstSeen = sql`coalesce(${activityMarks.seenAt}, excluded.seen_at)`;

type Mark = Pick<typeof activityMarks.$inferInsert, 'seenAt' | 'archivedAt' | 'keptAt'>;

async function upsertMarks(
  db: Queryable,
  userId: string,
  ids: readonly string[],
  mark: Mark,
  change: { readonly [K in keyof Mark]: Mark[K] | SQL },
): Promise<void> {
  if (ids.length === 0) return;
  // In one order whoever comes, so that two requests for the same events cannot wait for each other.
  const rows = [...ids].sort().map((eventId) => ({ eventId, userId, ...mark }));
  await db
    .insert(activityMarks)
    .values(rows)
    .onConflictDoUpdate({ target: [activityMarks.userId, activityMarks.eventId], set: change });
}

async function updateMember(
  db: Transaction,
  { workspaceId, userId }: Inbox,
  change: { activitySeenAt?: SQL; activityArchivedAt?: SQL | null },
): Promise<void> {
  await db
    .update(members)
    .set(change)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)));
}

/** Two requests at once: the later moment stands. */
function latest(column: typeof members.activitySeenAt | typeof members.activityArchivedAt, moment: Date): SQL {
  return sql`greatest(${column}, ${moment.toISOString()}::timestamptz)`;
}

/** The person's marks on the workspace's events up to `through`, or on all of them. */
function marksUpTo({ workspaceId, userId }: Inbox, through: Date | null): SQL | undefined {
  const events = sql`(select ${activityEvents.id} from ${activityEvents} where ${and(
    eq(activityEvents.workspaceId, workspaceId),
    through === null ? undefined : lte(activityEvents.createdAt, through),
  )})`;
  return and(eq(activityMarks.userId, userId), inArray(activityMarks.eventId, events));
}
