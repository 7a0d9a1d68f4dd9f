import { changeMarks } from '@/lib/domain/activity/change-marks';
import { markKept, markNoneArchived } from '@/lib/domain/activity/mark-repository';
import type { EventSelection, UnseenActivity } from '@/lib/domain/activity/schema';
import type { Context } from '@/lib/domain/context';

/** Moves events, or the whole archive, back to the acting person's inbox; they stay seen. Throws `NOT_FOUND`. */
export function unarchiveActivity(context: Context, selection: EventSelection): Promise<UnseenActivity> {
  return changeMarks(context, selection, {
    one: (transaction, { userId }, ids) => markKept(transaction, userId, ids, context.now()),
    all: markNoneArchived,
  });
}
