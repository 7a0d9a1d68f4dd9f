'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { destinationsFor } from '@/components/frame/destinations';
import { useFrameSession } from '@/components/frame/frame-context';
import { createFrameKeys } from '@/components/frame/frame-keys';
import { overlayStore, showOverlay } from '@/components/frame/frame-store';

// Loaded when they are first asked for: the Test tab must start without them.
const CommandPalette = dynamic(() =>
  import('@/components/frame/command-palette').then(({ CommandPalette }) => CommandPalette),
);
const KeysDialog = dynamic(() => import('@/components/frame/keys-dialog').then(({ KeysDialog }) => KeysDialog));
const UploadTray = dynamic(() => import('@/components/upload/upload-tray').then(({ UploadTray }) => UploadTray), {
  ssr: false,
});
const PagesDrawer = dynamic(() => import('@/components/frame/pages-drawer').then(({ PagesDrawer }) => PagesDrawer));

/** What the frame lays over pages (search, keys, the pages on a phone) and the keys that call it. */
export function FrameOverlays() {
  const overlay = useStore(overlayStore, (state) => state.overlay);
  const isSignedIn = useFrameSession() !== null;
  useFrameKeys();
  const close = () => showOverlay(null);
  return (
    <>
      {isSignedIn && <UploadTray />}
      {overlay === 'palette' && <CommandPalette onClose={close} />}
      {overlay === 'keys' && <KeysDialog onClose={close} />}
      {overlay === 'pages' && <PagesDrawer onClose={close} />}
    </>
  );
}

function useFrameKeys(): void {
  const session = useFrameSession();
  const router = useRouter();

  // Listens to keys of the whole window, before pages do: the letter after G is never one of theirs. Undone by removing it.
  useEffect(() => {
    const onKeyDown = createFrameKeys({
      destinations: destinationsFor(session),
      go: (href) => router.push(href),
      openPalette: () => showOverlay('palette'),
      openKeys: () => showOverlay('keys'),
      isCovered: () => document.querySelector('dialog[open]') !== null,
    });
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [session, router]);
}
