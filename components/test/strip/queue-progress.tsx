'use client';

import { useTest, useTestActions } from '@/components/test/session/session-context';
import type { Batch } from '@/components/test/session/test-state';
import { Button } from '@/components/ui/button';
import { formatTimeLeft } from '@/components/ui/format';

/** How far a batch of images is, how fast it goes and how long it still takes; and the button that stops it. */
export function QueueProgress() {
  const batch = useTest((state) => state.batch);
  const { cancelQueue } = useTestActions();
  if (!batch || batch.total < 2) return null;
  return (
    <>
      <progress
        aria-label="Progress of the queue"
        max={batch.total}
        value={batch.done}
        className="progress h-1 w-16 shrink sm:w-28"
      />
      <span className="whitespace-nowrap text-2xs text-muted">
        {batch.done} of {batch.total}
        <span className="max-sm:hidden">{describeRate(batch)}</span>
      </span>
      <Button variant="ghost" size="small" onClick={cancelQueue}>
        Cancel
      </Button>
    </>
  );
}

function describeRate({ startedAt, done, total }: Batch): string {
  if (done === 0) return '';
  const each = (performance.now() - startedAt) / done;
  return ` · ${(1000 / each).toFixed(1)} per s · ${formatTimeLeft(each * (total - done))} left`;
}
