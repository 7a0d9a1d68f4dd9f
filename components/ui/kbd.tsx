import type { ReactNode } from 'react';

/** One key of the keyboard. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-grid h-[18px] min-w-[18px] place-items-center rounded-chip border border-line-strong bg-sunken px-1 font-sans text-2xs text-body">
      {children}
    </kbd>
  );
}
