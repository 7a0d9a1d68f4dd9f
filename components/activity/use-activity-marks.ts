'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { showToast } from '@/components/ui/toasts';
import { callApi } from '@/lib/client/call-api';
import { tagKey } from '@/lib/client/query-keys';
import type { EventSelection } from '@/lib/domain/activity/schema';
import { archiveActivityOperation, unarchiveActivityOperation } from '@/lib/http/operations/activity';

type Move = {
  readonly to: 'archive' | 'inbox';
  readonly selection: EventSelection;
  /** What moves, for the toast: “3 events”. */
  readonly words: string;
};

/** Moves events between inbox and archive, and offers to move them back where that is sure to bring back the same ones. */
export function useActivityMarks() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ to, selection }: Move) => {
      const operation = to === 'archive' ? archiveActivityOperation : unarchiveActivityOperation;
      return callApi(operation, { body: selection });
    },
    onSuccess(_, { to, selection, words }) {
      void queries.invalidateQueries({ queryKey: tagKey('Activity') });
      if (selection.eventIds === undefined) return;
      showToast({
        text: to === 'archive' ? `${words} archived` : `${words} back in the inbox`,
        actionLabel: 'Undo',
        onAction: () => {
          const operation = to === 'archive' ? unarchiveActivityOperation : archiveActivityOperation;
          void callApi(operation, { body: selection }).finally(() =>
            queries.invalidateQueries({ queryKey: tagKey('Activity') }),
          );
        },
        onExpire: () => undefined,
      });
    },
  });
}
