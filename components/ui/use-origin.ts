'use client';

import { useSyncExternalStore } from 'react';

/** The address this server is reached at, as the browser knows it; empty while the server renders. */
export function useOrigin(): string {
  return useSyncExternalStore(
    () => () => undefined,
    () => window.location.origin,
    () => '',
  );
}
