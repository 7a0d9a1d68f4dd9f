'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { faultWords } from '@/components/ui/request-fault';
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
  const refresh = () => queries.invalidateQueries({ queryKey: tagKey('Activity') });

  async function undo({ to, selection, words }: Move): Promise<void> {
    try {
      await moveEvents(to === 'archive' ? 'inbox' : 'archive', selection);
    } catch (error) {
      showToast({
        text: `${words} did not move back: ${faultWords(error)}`,
        actionLabel: 'Try again',
        onAction: () => void undo({ to, selection, words }),
        onExpire: () => undefined,
      });
    }
    await refresh();
  }

  return useMutation({
    mutationFn: ({ to, selection }: Move) => moveEvents(to, selection),
    onSuccess(_, move) {
      const { to, selection, words } = move;
      void refresh();
      if (selection.eventIds === undefined) return;
      showToast({
        text: to === 'archive' ? `${words} archived` : `${words} back in the inbox`,
        actionLabel: 'Undo',
        onAction: () => void undo(move),
        onExpire: () => undefined,
      });
    },
  });
}

function moveEvents(to: Move['to'], selection: EventSelection) {
  return callApi(to === 'archive' ? archiveActivityOperation : unarchiveActivityOperation, { body: selection });
}
