'use client';

import { useEffect, useRef } from 'react';
import { handlePageKey, type PageKeys } from '@/components/test/page-keys';
import { isOwnKey } from '@/components/ui/own-key';
import { showToast } from '@/components/ui/toasts';

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
      const restore = () => {
        undo.current = null;
        actions.restoreImage(removed.image, removed.index);
      };
      const dismiss = showToast({
        text: `${removed.image.name} was removed`,
        actionLabel: 'Undo',
        onAction: restore,
        onExpire: () => {
          undo.current = null;
          actions.forgetImage(removed.image);
        },
      });
      undo.current = () => {
        dismiss();
        restore();
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
