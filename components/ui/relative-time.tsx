'use client';

import { useSyncExternalStore } from 'react';
import { describeAge, describeMoment } from '@/components/ui/age';
import { classNames } from '@/components/ui/class-names';

const tickMilliseconds = 30_000;

/** A moment as people say it, the exact one on hover and for programs. Moves on while it is looked at. */
export function RelativeTime({ at, className }: { readonly at: string; readonly className?: string }) {
  const now = useSyncExternalStore(subscribe, tick, () => null);
  const moment = new Date(at);
  return (
    <time
      dateTime={at}
      data-tip={now === null ? undefined : describeMoment(moment)}
      className={classNames('whitespace-nowrap', className)}
    >
      {now === null ? at.slice(0, 10) : describeAge(moment, new Date(now))}
    </time>
  );
}

/** One clock for all of them: the milliseconds of the last tick. */
function tick(): number {
  return Math.floor(Date.now() / tickMilliseconds) * tickMilliseconds + tickMilliseconds - 1;
}

function subscribe(onChange: () => void): () => void {
  const timer = setInterval(onChange, tickMilliseconds);
  return () => clearInterval(timer);
}
