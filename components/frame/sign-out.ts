'use client';

import { showToast } from '@/components/ui/toasts';
import { signOut } from '@/lib/client/sign-in';

/** The service worker keeps the Test tab's document for offline use; the kept one still names who was signed in. */
const shellPrefix = 'sightline-shell-';

/** Ends the session and leaves for the sign-in page, with nothing of the person left in this tab or its offline copy. */
export function signOutAndLeave(): void {
  void leave();
}

async function leave(): Promise<void> {
  if (!(await signOut())) {
    showToast({
      text: 'You are still signed in: the server did not answer',
      actionLabel: 'Try again',
      onAction: signOutAndLeave,
      onExpire: () => undefined,
    });
    return;
  }
  await forgetDocuments();
  // A new document: whatever this one had read is gone with it.
  window.location.assign('/sign-in');
}

async function forgetDocuments(): Promise<void> {
  if (!('caches' in window)) return;
  const names = await caches.keys();
  const shells = names.filter((name) => name.startsWith(shellPrefix));
  await Promise.all(shells.map(async (name) => (await caches.open(name)).delete('/test')));
}
