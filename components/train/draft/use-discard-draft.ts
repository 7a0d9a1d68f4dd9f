import { useTrainActions } from '@/components/train/session/session-context';
import { showToast } from '@/components/ui/toasts';

/** Discards the draft, and offers to have it back for a while. */
export function useDiscardDraft(): () => void {
  const { discardDraft } = useTrainActions();
  return () =>
    void discardDraft().then((discarded) => {
      if (discarded === null) return;
      showToast({
        text: 'The draft was discarded',
        actionLabel: 'Undo',
        onAction: discarded.undo,
        onExpire: () => void discarded.expire(),
      });
    });
}
