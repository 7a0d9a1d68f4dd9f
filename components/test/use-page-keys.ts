'use client';

import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import { handlePageKey, isOwnKey, type PageKeys } from '@/components/test/page-keys';

const undoMilliseconds = 8000;

/** Binds the page's keys, and the undo of the last removed image. */
export function usePageKeys(page: Omit<PageKeys, 'removeSelected' | 'undoRemoval'>): void {
  const undo = useRef<(() => void) | null>(null);
  const { session, controls, openHelp } = page;

  // Listens to keys of the whole window; undone by removing the listener.
  useEffect(() => {
    const { actions, store } = session;
    function removeSelected(): void {
      const id = store.getState().selectedImageId;
      const removed = id === null ? null : actions.removeImage(id);
      if (!removed) return;
      let isUndone = false;
      const settle = () => !isUndone && actions.forgetImage(removed.image);
      const toastId = toast(`${removed.image.name} was removed`, {
        duration: undoMilliseconds,
        action: { label: 'Undo', onClick: () => undo.current?.() },
        onAutoClose: settle,
        onDismiss: settle,
      });
      undo.current = () => {
        isUndone = true;
        undo.current = null;
        actions.restoreImage(removed.image, removed.index);
        toast.dismiss(toastId);
      };
    }
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isOwnKey(event)) return;
      const undoRemoval = () => undo.current?.();
      if (handlePageKey(event, { session, controls, openHelp, removeSelected, undoRemoval })) event.preventDefault();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [session, controls, openHelp]);
}
