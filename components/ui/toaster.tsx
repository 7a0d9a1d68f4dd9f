'use client';

import { useStore } from 'zustand';
import { Button } from '@/components/ui/button';
import { toastStore } from '@/components/ui/toasts';

/** The toasts of the page, youngest last. They only tell what happened and offer to undo it; faults stand in their place. */
export function Toaster() {
  const toasts = useStore(toastStore);
  return (
    <ol
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-10 z-40 grid justify-items-center gap-2 empty:hidden"
    >
      {toasts.map(({ id, text, actionLabel, onAction }) => (
        <li
          key={id}
          className="pointer-events-auto flex max-w-full items-center gap-3 rounded-panel bg-overlay py-1.5 pr-1.5 pl-3 text-strong text-xs shadow-float"
        >
          <span className="min-w-0 truncate">{text}</span>
          <Button variant="ghost" size="small" className="text-accent-text" onClick={onAction}>
            {actionLabel}
          </Button>
        </li>
      ))}
    </ol>
  );
}
