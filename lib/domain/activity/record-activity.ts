import { newId } from '@/lib/core/ids';
import type { ActivityAction, ActivityResource } from '@/lib/domain/activity/schema';
import { activityEvents } from '@/lib/domain/activity/tables';
import type { Context } from '@/lib/domain/context';
import type { Transaction } from '@/lib/platform/db/database';

type Happening = {
  readonly action: ActivityAction;
  readonly resource: { readonly type: ActivityResource; readonly id: string; readonly name: string };
  /** One sentence without a full stop: “Created project traffic”. */
  readonly message: string;
  readonly details?: Record<string, unknown>;
};

/** Writes the activity row of a change, in the change's own transaction: one cannot exist without the other. */
export async function recordActivity(
  { actor, workspaceId, now }: Context,
  transaction: Transaction,
  { action, resource, message, details = {} }: Happening,
): Promise<void> {
  await transaction.insert(activityEvents).values({
    id: newId('event'),
    workspaceId,
    userId: actor.kind === 'system' ? null : actor.userId,
    apiKeyId: actor.kind === 'key' ? actor.apiKeyId : null,
    action,
    resourceType: resource.type,
    resourceId: resource.id,
    resourceName: resource.name,
    message,
    details,
    createdAt: now(),
  });
}
