'use client';

import { useEffect, useState } from 'react';

/** Seconds left until something may be tried again; `wait` starts the clock. */
export function useWait(): { readonly secondsLeft: number; readonly wait: (seconds: number) => void } {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(0);
  const secondsLeft = Math.max(0, Math.ceil((until - now) / 1000));
  const isWaiting = secondsLeft > 0;

  // Follows the clock while there is something to wait for; stopped when the wait is over.
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isWaiting]);

  function wait(seconds: number): void {
    const at = Date.now();
    setNow(at);
    setUntil(at + seconds * 1000);
  }
  return { secondsLeft, wait };
}
