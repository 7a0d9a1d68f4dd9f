'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { refreshTrashed, restoreItem } from '@/components/trash/restore-item';
import { faultWords } from '@/components/ui/request-fault';
import { showToast } from '@/components/ui/toasts';
import { callApi } from '@/lib/client/call-api';
import { deleteModelOperation } from '@/lib/http/operations/models';
import { deleteProjectOperation } from '@/lib/http/operations/projects';

type Trashable = { readonly type: 'project' | 'model'; readonly id: string; readonly name: string };

/**
 * Moves a project or model to the trash and offers to bring it back for a while. `onRestored` follows after that. Rejects when the
 * server refuses to move it.
 */
export function useTrash(): (thing: Trashable, onRestored?: () => void) => Promise<void> {
  const queries = useQueryClient();
  return useCallback(
    async (thing, onRestored) => {
      async function restore(): Promise<void> {
        try {
          await restoreItem(queries, thing);
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
      void refreshTrashed(queries, ({ queryKey }) => !JSON.stringify(queryKey).includes(thing.id));
    },
    [queries],
  );
}
