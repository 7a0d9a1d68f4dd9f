'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

/** Toasts, in the tokens of the page. They only tell what happened elsewhere and offer to undo it; faults stand in place. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-center"
      offset={40}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-panel bg-overlay px-3 py-2 text-xs text-strong shadow-float touch:py-1',
          title: 'font-normal',
          actionButton:
            'ml-auto h-6 shrink-0 rounded-control px-2 font-medium text-accent-text hover:bg-hover touch:h-11',
        },
      }}
    />
  );
}
