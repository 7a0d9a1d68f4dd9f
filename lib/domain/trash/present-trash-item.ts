import type { TrashContents, TrashRow } from '@/lib/domain/trash/list-repository';
import { retentionDays, type TrashItem } from '@/lib/domain/trash/schema';

const dayMilliseconds = 86_400_000;

/** A thing in the trash as callers see it at `now`. */
export function presentTrashItem(row: TrashRow, contents: TrashContents | undefined, now: Date): TrashItem {
  const { id, type, name, deletedAt, parentId, parentName, isParentDeleted } = row;
  const expiresAt = new Date(deletedAt.getTime() + retentionDays * dayMilliseconds);
  const daysLeft = Math.ceil((expiresAt.getTime() - now.getTime()) / dayMilliseconds);
  return {
    id,
    type,
    name,
    sizeBytes: contents?.sizeBytes ?? 0,
    modelCount: contents?.modelCount ?? 0,
    deletedAt: deletedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    daysLeft: Math.min(retentionDays, Math.max(0, daysLeft)),
    parent:
      parentId === null || parentName === null ? null : { id: parentId, name: parentName, isInTrash: isParentDeleted },
  };
}
