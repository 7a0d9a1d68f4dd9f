'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { formatBytes } from '@/components/ui/format';
import { showToast } from '@/components/ui/toasts';
import { callApi } from '@/lib/client/call-api';
import { tagKey } from '@/lib/client/query-keys';
import type { DeletedForever, TrashItem } from '@/lib/domain/trash/schema';
import { deleteForeverOperation, emptyTrashOperation, restoreItemOperation } from '@/lib/http/operations/trash';

/** Every list that shows or counts what is in the trash or comes back from it. */
const changedTags = ['Trash', 'Projects', 'Models', 'Storage', 'Activity'];

/** Restoring, deleting for good and emptying, with what they change elsewhere. */
export function useTrashActions() {
  const queries = useQueryClient();
  const router = useRouter();
  const refresh = () => {
    for (const tag of changedTags) void queries.invalidateQueries({ queryKey: tagKey(tag) });
  };
  const restore = useMutation({
    mutationFn: ({ id, type }: TrashItem) => callApi(restoreItemOperation, { body: { itemId: id, type } }),
    onSuccess({ id, type, name }) {
      refresh();
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
