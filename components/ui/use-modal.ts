'use client';

import { type PointerEvent, type RefObject, type SyntheticEvent, useEffect, useRef } from 'react';

type ModalProps = {
  readonly ref: RefObject<HTMLDialogElement | null>;
  readonly onCancel: (event: SyntheticEvent<HTMLDialogElement>) => void;
  readonly onPointerDown: (event: PointerEvent<HTMLDialogElement>) => void;
};

/** What makes a native `<dialog>` modal for as long as it is mounted: Esc and the backdrop ask to close it. */
export function useModal(onClose: () => void): ModalProps {
  const ref = useRef<HTMLDialogElement>(null);

  // Opens the browser's own modal (focus trap, inert page, Esc); undone by closing it.
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);

  return {
    ref,
    onCancel(event) {
      event.preventDefault();
      onClose();
    },
    onPointerDown: (event) => event.target === event.currentTarget && onClose(),
  };
}
