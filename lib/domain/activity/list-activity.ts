import { type Page, pageOffset } from '@/lib/core/page';
import { countEvents } from '@/lib/domain/activity/count-repository';
import { eventFilter } from '@/lib/domain/activity/event-filter';
import { presentEvent } from '@/lib/domain/activity/present-event';
import { findInbox, selectEvents } from '@/lib/domain/activity/repository';
import type { ActivityEvent, ListActivityQuery } from '@/lib/domain/activity/schema';
import { actingUserId, type Context, requireScope } from '@/lib/domain/context';

/** One page of the workspace's events as the acting person has sorted them into inbox and archive, newest first. */
export async function listActivity(context: Context, query: ListActivityQuery): Promise<Page<ActivityEvent>> {
  requireScope(context, 'activity:read');
  const { db, workspaceId } = context;
  const { page, limit, box } = query;
  const inbox = await findInbox(db, workspaceId, actingUserId(context));
  const filter = eventFilter(query);
  const [rows, total] = await Promise.all([
    selectEvents(db, inbox, filter, { limit, offset: pageOffset(query) }),
    countEvents(db, inbox, filter),
  ]);
  return { items: rows.map((row) => presentEvent(row, inbox, box)), meta: { page, limit, total } };
}
