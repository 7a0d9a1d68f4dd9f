import Link from 'next/link';
import type { ReactNode } from 'react';

/** A link within text. */
export function TextLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} className="font-medium text-accent-text underline-offset-2 hover:underline">
      {children}
    </Link>
  );
}
