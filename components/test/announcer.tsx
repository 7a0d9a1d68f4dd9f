'use client';

import { useDeferredValue } from 'react';
import { useTest } from '@/components/test/session/session-context';
import { summariseResult } from '@/components/test/session/summarise-result';

/** Says results to screen readers: “bus.jpg: 4 persons, 1 bus”. Frames of a playing video would only be noise. */
export function Announcer() {
  const shown = useDeferredValue(useTest((state) => state.shown));
  const isLive = useTest(
    (state) => state.live.kind === 'camera' || (state.live.kind === 'video' && state.live.playing),
  );
  const text = shown.primary && !isLive ? `${shown.name}: ${summariseResult(shown.primary.result).text}` : '';
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
