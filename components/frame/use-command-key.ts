'use client';

import { useSyncExternalStore } from 'react';

/** The key of the search, as this keyboard writes it: “⌘ K” on Apple’s, else “Ctrl K”. */
export function useCommandKey(): string {
  return useSyncExternalStore(
    () => () => undefined,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘ K' : 'Ctrl K'),
    () => 'Ctrl K',
  );
}
