import type { Inbox } from '@/lib/domain/activity/box-parts';
import type { EventRow } from '@/lib/domain/activity/repository';
import type { ActivityEvent, ActivityFilter } from '@/lib/domain/activity/schema';

/** An event of a box as the person sees it. */
export function presentEvent(row: EventRow, { seenAt }: Inbox, box: ActivityFilter['box']): ActivityEvent {
  const { id, action, resourceType, resourceId, resourceName, message, details, userId, userEmail, createdAt } = row;
  return {
    id,
    action,
    resourceType,
    resourceId,
    resourceName,
    message,
    details,
    user: userId === null || userEmail === null ? null : { id: userId, email: userEmail },
    createdAt: createdAt.toISOString(),
    seen: row.markedSeenAt !== null || (seenAt !== null && createdAt <= seenAt),
    archived: box === 'archive',
  };
}
