'use client';

import { type Query, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { faultWords } from '@/components/ui/request-fault';
import { showToast } from '@/components/ui/toasts';
import { callApi } from '@/lib/client/call-api';
import { tagKey } from '@/lib/client/query-keys';
import { deleteModelOperation } from '@/lib/http/operations/models';
import { deleteProjectOperation } from '@/lib/http/operations/projects';
import { restoreItemOperation } from '@/lib/http/operations/trash';

type Trashable = { readonly type: 'project' | 'model'; readonly id: string; readonly name: string };

/** Every list that shows projects or models, or counts them. */
const changedTags = ['Projects', 'Models', 'Trash', 'Storage', 'Activity'];

/**
 * Moves a project or model to the trash and offers to bring it back for a while. `onRestored` follows after that. Rejects when the
 * server refuses to move it.
 */
export function useTrash(): (thing: Trashable, onRestored?: () => void) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (thing, onRestored) => {
      const refresh = (isWanted: (query: Query) => boolean = () => true) =>
        Promise.all(
          changedTags.map((tag) => queries.invalidateQueries({ queryKey: tagKey(tag), predicate: isWanted })),
        );

      async function restore(): Promise<void> {
        try {
          await callApi(restoreItemOperation, { body: { itemId: thing.id, type: thing.type } });
          await refresh();
          onRestored?.();
        } catch (error) {
          showToast({
            text: `${thing.name} is still in the trash: ${faultWords(error)}`,
            actionLabel: 'Try again',
            onAction: () => void restore(),
            onExpire: () => undefined,
          });
        }
      }

      if (thing.type === 'project') await callApi(deleteProjectOperation, { params: { projectId: thing.id } });
      else await callApi(deleteModelOperation, { params: { modelId: thing.id } });
      showToast({
        text: `${thing.name} is in the trash for 30 days`,
        actionLabel: 'Undo',
        onAction: () => void restore(),
        onExpire: () => undefined,
      });
      // The page of the thing itself may still be open, and would ask for what is no longer there.
      void refresh(({ queryKey }) => !JSON.stringify(queryKey).includes(thing.id));
    },
    [queries],
  );
}
