import { changeMarks } from '@/lib/domain/activity/change-marks';
import { markAllSeen, markSeen } from '@/lib/domain/activity/mark-repository';
import { newestEventAt } from '@/lib/domain/activity/repository';
import type { EventSelection, UnseenActivity } from '@/lib/domain/activity/schema';
import type { Context } from '@/lib/domain/context';

/** Marks events, or the whole inbox, as seen by the acting person. Throws `NOT_FOUND`. */
export function markActivitySeen(context: Context, selection: EventSelection): Promise<UnseenActivity> {
  return changeMarks(context, selection, {
    one: (transaction, { userId }, ids) => markSeen(transaction, userId, ids, context.now()),
    async all(transaction, inbox) {
      const newest = await newestEventAt(transaction, inbox.workspaceId);
      if (newest !== null) await markAllSeen(transaction, inbox, newest);
    },
  });
}
