import { countUnseenEvents } from '@/lib/domain/activity/count-repository';
import { findInbox } from '@/lib/domain/activity/repository';
import { maximumUnseenCount, type UnseenActivity } from '@/lib/domain/activity/schema';
import { actingUserId, type Context, requireScope } from '@/lib/domain/context';

/** How many events of the inbox the acting person has not seen, counted up to `maximumUnseenCount`. */
export async function countUnseenActivity(context: Context): Promise<UnseenActivity> {
  requireScope(context, 'activity:read');
  const { db, workspaceId } = context;
  const inbox = await findInbox(db, workspaceId, actingUserId(context));
  return { count: await countUnseenEvents(db, inbox, maximumUnseenCount) };
}
