import { and, desc, eq, exists, gte, ilike, inArray, lt, notExists, type SQL, sql } from 'drizzle-orm';
import { users } from '@/lib/domain/accounts/tables';
import { type BoxPart, boxParts, type Inbox } from '@/lib/domain/activity/box-parts';
import type { EventFilter } from '@/lib/domain/activity/event-filter';
import { intersection, type MomentRange } from '@/lib/domain/activity/moment-range';
import { activityEvents, activityMarks } from '@/lib/domain/activity/tables';
import { likePattern } from '@/lib/domain/like-pattern';
import { members } from '@/lib/domain/workspaces/tables';
import type { Queryable } from '@/lib/platform/db/database';

/** The place of an event in the order of the list. */
type EventPlace = { readonly createdAt: Date; readonly id: string };

export type EventRow = typeof activityEvents.$inferSelect & {
  readonly userEmail: string | null;
  readonly markedSeenAt: Date | null;
};

/** Which part of the list is wanted: from `offset` rows on, or after a place. */
type Portion = { readonly limit: number; readonly offset?: number; readonly after?: EventPlace };

/** Somebody's view of the workspace. A person who is no member (any more) has seen nothing. */
export async function findInbox(db: Queryable, workspaceId: string, userId: string): Promise<Inbox> {
  const [row] = await db
    .select({ seenAt: members.activitySeenAt, archivedAt: members.activityArchivedAt })
    .from(members)
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)));
  return { workspaceId, userId, seenAt: row?.seenAt ?? null, archivedAt: row?.archivedAt ?? null };
}

/** Events of a box, newest first. */
export async function selectEvents(
  db: Queryable,
  inbox: Inbox,
  filter: EventFilter,
  { limit, offset = 0, after }: Portion,
): Promise<EventRow[]> {
  const parts = boxParts(inbox, filter.box);
  const [only] = parts;
  if (parts.length === 1) return selectPart(db, inbox, filter, only, { limit, offset, after });
  // Every event of the first part is later than those of the second: what the first lacks, the second gives.
  const later = await selectPart(db, inbox, filter, parts[0], { limit: offset + limit, after });
  const earlier = await selectPart(db, inbox, filter, parts[1], { limit: offset + limit - later.length, after });
  return [...later, ...earlier].slice(offset);
}

/** Those of the ids that are events of the workspace. */
export async function findEventIds(db: Queryable, workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ id: activityEvents.id })
    .from(activityEvents)
    .where(and(eq(activityEvents.workspaceId, workspaceId), inArray(activityEvents.id, [...ids])));
  return new Set(rows.map(({ id }) => id));
}

/** When the newest event happened; null while there is none. */
export async function newestEventAt(db: Queryable, workspaceId: string): Promise<Date | null> {
  const [row] = await db
    .select({ createdAt: activityEvents.createdAt })
    .from(activityEvents)
    .where(eq(activityEvents.workspaceId, workspaceId))
    .orderBy(desc(activityEvents.createdAt), desc(activityEvents.id))
    .limit(1);
  return row?.createdAt ?? null;
}

/** The events that the filter lets through, whatever its range. */
export function matches({ workspaceId }: Inbox, { search, resourceType }: EventFilter): SQL | undefined {
  return and(
    eq(activityEvents.workspaceId, workspaceId),
    search ? ilike(activityEvents.message, likePattern(search)) : undefined,
    resourceType && eq(activityEvents.resourceType, resourceType),
  );
}

export function happenedIn({ from, before }: MomentRange): SQL | undefined {
  return and(from && gte(activityEvents.createdAt, from), before && lt(activityEvents.createdAt, before));
}

/**
 * The events that carry such a mark of the person, or those that do not. As a question of existence, because the planner takes
 * “is null” behind a join for rare and then sorts everything to find a page.
 */
export function carriesMark(
  { userId }: Inbox,
  mark: 'seenAt' | 'archivedAt' | 'keptAt',
  holds: 'marked' | 'unmarked',
): SQL {
  const marks = sql`(select 1 from ${activityMarks} where ${activityMarks.eventId} = ${activityEvents.id}
    and ${activityMarks.userId} = ${userId} and ${activityMarks[mark]} is not null)`;
  return holds === 'marked' ? exists(marks) : notExists(marks);
}

async function selectPart(
  db: Queryable,
  inbox: Inbox,
  filter: EventFilter,
  { range, mark, holds }: BoxPart,
  { limit, offset = 0, after }: Portion,
): Promise<EventRow[]> {
  if (limit === 0) return [];
  const seenAt = sql`(select ${activityMarks.seenAt} from ${activityMarks}
    where ${activityMarks.eventId} = ${activityEvents.id} and ${activityMarks.userId} = ${inbox.userId})`;
  const rows = await db
    .select({
      event: activityEvents,
      userEmail: users.email,
      markedSeenAt: seenAt.mapWith(activityMarks.seenAt),
    })
    .from(activityEvents)
    .leftJoin(users, eq(users.id, activityEvents.userId))
    .where(
      and(
        matches(inbox, filter),
        happenedIn(intersection(filter.range, range)),
        carriesMark(inbox, mark, holds),
        after && isAfter(after),
      ),
    )
    .orderBy(desc(activityEvents.createdAt), desc(activityEvents.id))
    .limit(limit)
    .offset(offset);
  return rows.map(({ event, ...rest }) => ({ ...event, ...rest }));
}

function isAfter({ createdAt, id }: EventPlace): SQL {
  return sql`(${activityEvents.createdAt}, ${activityEvents.id}) < (${createdAt.toISOString()}::timestamptz, ${id})`;
}
