'use client';

import { useTrain } from '@/components/train/session/session-context';
import type { TrainState } from '@/components/train/session/train-state';

/** Says to screen readers how far training is: each epoch, not each step, which would only be noise. */
export function TrainAnnouncer() {
  const words = useTrain(runWords);
  return (
    <p role="status" aria-live="polite" className="sr-only" data-testid="run-status">
      {words}
    </p>
  );
}

function runWords({ run, record }: TrainState): string {
  switch (run.kind) {
    case 'none':
      return '';
    case 'preparing':
      return 'Training is being prepared';
    case 'running': {
      const done = record.rows.length;
      return done === 0 ? 'Training has begun' : `${done} of ${run.progress.epochs} epochs done`;
    }
    case 'failed':
      return `Training failed: ${run.fault.found}`;
    case 'ended':
      return run.outcome.reason === 'cancelled' ? 'Training was stopped' : 'Training has ended';
  }
}
