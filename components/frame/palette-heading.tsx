import type { ReactNode } from 'react';

/** The words above a group of the palette's entries. */
export function PaletteHeading({ children }: { readonly children: ReactNode }) {
  return <span className="block px-2.5 pt-2 pb-1 font-medium text-2xs text-muted">{children}</span>;
}
