import { changeMarks } from '@/lib/domain/activity/change-marks';
import { markAllArchived, markArchived } from '@/lib/domain/activity/mark-repository';
import { newestEventAt } from '@/lib/domain/activity/repository';
import type { EventSelection, UnseenActivity } from '@/lib/domain/activity/schema';
import type { Context } from '@/lib/domain/context';

/** Moves events, or the whole inbox, to the acting person's archive, where they count as seen. Throws `NOT_FOUND`. */
export function archiveActivity(context: Context, selection: EventSelection): Promise<UnseenActivity> {
  return changeMarks(context, selection, {
    one: (transaction, { userId }, ids) => markArchived(transaction, userId, ids, context.now()),
    async all(transaction, inbox) {
      const newest = await newestEventAt(transaction, inbox.workspaceId);
      if (newest !== null) await markAllArchived(transaction, inbox, newest);
    },
  });
}
