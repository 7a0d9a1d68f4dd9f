import { notFound } from '@/lib/core/errors';
import type { Inbox } from '@/lib/domain/activity/box-parts';
import { countUnseenEvents } from '@/lib/domain/activity/count-repository';
import { findEventIds, findInbox } from '@/lib/domain/activity/repository';
import { type EventSelection, maximumUnseenCount, type UnseenActivity } from '@/lib/domain/activity/schema';
import { actingUserId, type Context, requireScope } from '@/lib/domain/context';
import type { Transaction } from '@/lib/platform/db/database';

type MarkChange = {
  readonly one: (transaction: Transaction, inbox: Inbox, ids: readonly string[]) => Promise<void>;
  readonly all: (transaction: Transaction, inbox: Inbox) => Promise<void>;
};

/**
 * Changes what the acting person marked, all of it or nothing. It is their own view of the events and changes nothing of
 * anybody else's, so it is no activity itself. Throws `NOT_FOUND` when one of the events is not the workspace's.
 */
export async function changeMarks(
  context: Context,
  { eventIds }: EventSelection,
  change: MarkChange,
): Promise<UnseenActivity> {
  requireScope(context, 'activity');
  const { db, workspaceId } = context;
  const userId = actingUserId(context);
  return db.transaction(async (transaction) => {
    const inbox = await findInbox(transaction, workspaceId, userId);
    if (eventIds === undefined) await change.all(transaction, inbox);
    else {
      const wanted = [...new Set(eventIds)];
      const found = await findEventIds(transaction, workspaceId, wanted);
      if (found.size < wanted.length) throw notFound('Event');
      await change.one(transaction, inbox, wanted);
    }
    const now = await findInbox(transaction, workspaceId, userId);
    return { count: await countUnseenEvents(transaction, now, maximumUnseenCount) };
  });
}
