import { justAfter, type MomentRange } from '@/lib/domain/activity/moment-range';
import type { ActivityFilter } from '@/lib/domain/activity/schema';

/** One person's view of a workspace's events, and up to where they count as seen and as archived. */
export type Inbox = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly seenAt: Date | null;
  readonly archivedAt: Date | null;
};

/** Events of a range that carry a mark of the person, or those that do not. */
export type BoxPart = {
  readonly range: MomentRange;
  readonly mark: 'archivedAt' | 'keptAt';
  readonly holds: 'marked' | 'unmarked';
};

/**
 * What a box is made of: up to the moment at which everything was archived, single events were kept in the inbox; after it,
 * single ones were archived. Later events come first.
 */
export function boxParts({ archivedAt }: Inbox, box: ActivityFilter['box']): BoxPart[] {
  const isInbox = box === 'inbox';
  const border = archivedAt === null ? undefined : justAfter(archivedAt);
  const later: BoxPart = { range: { from: border }, mark: 'archivedAt', holds: isInbox ? 'unmarked' : 'marked' };
  if (border === undefined) return [later];
  return [later, { range: { before: border }, mark: 'keptAt', holds: isInbox ? 'marked' : 'unmarked' }];
}
