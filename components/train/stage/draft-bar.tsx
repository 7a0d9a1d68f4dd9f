'use client';

import { History } from 'lucide-react';
import { useDiscardDraft } from '@/components/train/draft/use-discard-draft';
import { useTrain, useTrainActions } from '@/components/train/session/session-context';
import { type DraftOffer, isBusy } from '@/components/train/session/train-state';
import { Button } from '@/components/ui/button';

/** Offers what an earlier visit left. Until it is taken or discarded, nothing else is kept in its place. */
export function DraftBar() {
  const offer = useTrain((state) => state.draft.offer);
  const isLocked = useTrain(isBusy);
  const { restoreDraft } = useTrainActions();
  const discard = useDiscardDraft();
  if (offer === null) return null;
  return (
    <section
      aria-label="Draft"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b bg-accent-soft px-3 py-1.5 text-xs"
    >
      <p className="flex min-w-0 flex-1 basis-56 items-center gap-2 text-body">
        <History size={14} aria-hidden className="shrink-0" />
        <span>{offerWords(offer)}</span>
      </p>
      <div className="flex gap-1.5">
        <Button size="small" variant="primary" disabled={isLocked} onClick={() => void restoreDraft()}>
          Go on with it
        </Button>
        <Button size="small" onClick={discard}>
          Discard draft
        </Button>
      </div>
    </section>
  );
}

function offerWords({ draft, pictures }: DraftOffer): string {
  const there = draft.pictures.filter(({ hash }) => pictures.has(hash));
  const labelled = there.filter(({ labels }) => labels !== null).length;
  const when = new Date(draft.savedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const count = there.length === 1 ? '1 picture' : `${there.length} pictures`;
  return `Your last visit left a draft: ${count}, ${labelled} labelled, ${when}.`;
}
