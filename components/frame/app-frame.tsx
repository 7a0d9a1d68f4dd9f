import type { ReactNode } from 'react';
import { Rail } from '@/components/frame/rail';

/** Rail and content. Pages bring their own header, because its actions are theirs. */
export function AppFrame({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex h-dvh">
      <Rail />
      <div className="flex min-w-0 flex-1 flex-col">{children}</div>
    </div>
  );
}
