'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { refreshTrashed, restoreItem } from '@/components/trash/restore-item';
import { formatBytes } from '@/components/ui/format';
import { showToast } from '@/components/ui/toasts';
import { callApi } from '@/lib/client/call-api';
import type { DeletedForever, TrashItem } from '@/lib/domain/trash/schema';
import { deleteForeverOperation, emptyTrashOperation } from '@/lib/http/operations/trash';

/** Restoring, deleting for good and emptying, with what they change elsewhere. */
export function useTrashActions() {
  const queries = useQueryClient();
  const router = useRouter();
  const refresh = () => void refreshTrashed(queries);
  const restore = useMutation({
    mutationFn: (item: TrashItem) => restoreItem(queries, item),
    onSuccess({ id, type, name }) {
      showToast({
        text: `${name} is back`,
        actionLabel: 'Open',
        onAction: () => router.push(type === 'project' ? `/projects/${id}` : `/models/${id}`),
        onExpire: () => undefined,
      });
    },
  });
  const remove = useMutation({
    mutationFn: ({ id, type }: TrashItem) => callApi(deleteForeverOperation, { body: { itemId: id, type } }),
    onSuccess: refresh,
  });
  const empty = useMutation({ mutationFn: () => callApi(emptyTrashOperation), onSuccess: refresh });
  return { restore, remove, empty };
}

/** What a deletion freed, in words. */
export function freedWords({ projectCount, modelCount, sizeBytes }: DeletedForever): string {
  const counts = [
    projectCount === 0 ? null : projectCount === 1 ? '1 project' : `${projectCount} projects`,
    modelCount === 0 ? null : modelCount === 1 ? '1 model' : `${modelCount} models`,
  ].filter((words) => words !== null);
  const what = counts.length === 0 ? 'Nothing' : counts.join(' and ');
  return `${what} deleted, ${formatBytes(sizeBytes)} freed`;
}
