import { and, count, desc, eq, gt, gte, isNotNull, lt, type SQL, sum } from 'drizzle-orm';
import { type BoxPart, boxParts, type Inbox } from '@/lib/domain/activity/box-parts';
import type { EventFilter } from '@/lib/domain/activity/event-filter';
import { intersection, type MomentRange, splitIntoDays } from '@/lib/domain/activity/moment-range';
import { carriesMark, happenedIn, matches } from '@/lib/domain/activity/repository';
import { activityEvents, activityMarks, activityTotals } from '@/lib/domain/activity/tables';
import type { Queryable } from '@/lib/platform/db/database';

/**
 * How many events a box holds. All events are counted by the totals of their days, without a look at anybody's marks; the marks,
 * which are few, are counted for themselves and taken off.
 */
export async function countEvents(db: Queryable, inbox: Inbox, filter: EventFilter): Promise<number> {
  let total = 0;
  for (const part of boxParts(inbox, filter.box)) total += await countPart(db, inbox, filter, part);
  return total;
}

/** Unseen events, counted up to `maximum`. */
export async function countUnseenEvents(db: Queryable, inbox: Inbox, maximum: number): Promise<number> {
  const unseen = db
    .select({ id: activityEvents.id })
    .from(activityEvents)
    .where(
      and(
        eq(activityEvents.workspaceId, inbox.workspaceId),
        inbox.seenAt === null ? undefined : gt(activityEvents.createdAt, inbox.seenAt),
        carriesMark(inbox, 'seenAt', 'unmarked'),
      ),
    )
    .orderBy(desc(activityEvents.createdAt), desc(activityEvents.id))
    .limit(maximum)
    .as('unseen');
  const [{ total }] = await db.select({ total: count() }).from(unseen);
  return total;
}

async function countPart(db: Queryable, inbox: Inbox, filter: EventFilter, part: BoxPart): Promise<number> {
  const range = intersection(filter.range, part.range);
  const marked = countMarked(db, inbox, filter, range, part.mark);
  if (part.holds === 'marked') return marked;
  const [all, exceptions] = await Promise.all([countAll(db, inbox, filter, range), marked]);
  return all - exceptions;
}

async function countMarked(
  db: Queryable,
  inbox: Inbox,
  filter: EventFilter,
  range: MomentRange,
  mark: BoxPart['mark'],
): Promise<number> {
  const [{ total }] = await db
    .select({ total: count() })
    .from(activityMarks)
    .innerJoin(activityEvents, eq(activityEvents.id, activityMarks.eventId))
    .where(
      and(
        eq(activityMarks.userId, inbox.userId),
        isNotNull(activityMarks[mark]),
        matches(inbox, filter),
        happenedIn(range),
      ),
    );
  return total;
}

async function countAll(db: Queryable, inbox: Inbox, filter: EventFilter, range: MomentRange): Promise<number> {
  // A search reads the events themselves; days would not save it anything.
  if (filter.search) return countWhere(db, and(matches(inbox, filter), happenedIn(range)));
  const { days, ends } = splitIntoDays(range);
  let total = 0;
  for (const end of ends) total += await countWhere(db, and(matches(inbox, filter), happenedIn(end)));
  if (days !== null) total += await countDays(db, inbox, filter, days);
  return total;
}

/** The events of whole days, by what is kept of each. */
async function countDays(
  db: Queryable,
  { workspaceId }: Inbox,
  { resourceType }: EventFilter,
  { from, before }: MomentRange,
): Promise<number> {
  const [{ total }] = await db
    .select({ total: sum(activityTotals.total).mapWith(Number) })
    .from(activityTotals)
    .where(
      and(
        eq(activityTotals.workspaceId, workspaceId),
        resourceType && eq(activityTotals.resourceType, resourceType),
        from && gte(activityTotals.day, dayOf(from)),
        before && lt(activityTotals.day, dayOf(before)),
      ),
    );
  return total ?? 0;
}

async function countWhere(db: Queryable, condition: SQL | undefined): Promise<number> {
  const [{ total }] = await db.select({ total: count() }).from(activityEvents).where(condition);
  return total;
}

function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
