'use client';

import { useEffect } from 'react';

/**
 * Registers the service worker that keeps the page usable when the server is away, and tells it which of our own files this
 * visit has loaded (the runtime arrives with the first prediction, long after the worker took over). Not `enabled` in
 * development, where assets change under the same address.
 */
export function OfflineShell({ enabled }: { readonly enabled: boolean }) {
  // Synchronises with the browser's service worker registration, which outlives the page: nothing to undo.
  useEffect(() => {
    if (!enabled || !('serviceWorker' in navigator)) return;
    void keepShell();
  }, [enabled]);
  return null;
}

async function keepShell(): Promise<void> {
  try {
    await navigator.serviceWorker.register('/sw.js');
    const registration = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map((entry) => entry.name);
    registration.active?.postMessage({ kind: 'keep', urls: [`${location.origin}/test`, ...loaded] });
  } catch (fault) {
    // Private windows and plain http on another host have no service workers: the page works, only not without its server.
    console.info('Sightline works here only while its server does.', fault);
  }
}
