'use client';

import { useSyncExternalStore } from 'react';

/** Heights of a row of a dense list: for a mouse, and for a finger. */
const fineHeight = 26;
const coarseHeight = 44;
const coarsePointer = '(pointer: coarse)';

/** The height of list rows for the pointer of now, in CSS pixels. */
export function useRowHeight(): number {
  return useSyncExternalStore(
    (onChange) => {
      const query = window.matchMedia(coarsePointer);
      query.addEventListener('change', onChange);
      return () => query.removeEventListener('change', onChange);
    },
    () => (window.matchMedia(coarsePointer).matches ? coarseHeight : fineHeight),
    () => fineHeight,
  );
}
