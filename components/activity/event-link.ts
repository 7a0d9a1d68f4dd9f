import type { Restorable } from '@/components/trash/restore-item';
import type { ActivityEvent } from '@/lib/domain/activity/schema';

/** Where the thing of an event can be looked at now, or null. */
export function eventLink({ resourceType, resourceId, action }: ActivityEvent): string | null {
  if (action === 'deleted') return null;
  switch (resourceType) {
    case 'project':
      return action === 'trashed' ? '/trash' : `/projects/${encodeURIComponent(resourceId)}`;
    case 'model':
      return action === 'trashed' ? '/trash' : `/models/${encodeURIComponent(resourceId)}`;
    case 'api_key':
      return '/settings/api-keys';
    case 'settings':
      return '/settings';
    case 'trash':
      return '/trash';
    default:
      return null;
  }
}

/** What an event moved to the trash, when that is something that can be brought back. */
export function restorable({ action, resourceType, resourceId }: ActivityEvent): Restorable | null {
  if (action !== 'trashed' || (resourceType !== 'project' && resourceType !== 'model')) return null;
  return { id: resourceId, type: resourceType };
}
