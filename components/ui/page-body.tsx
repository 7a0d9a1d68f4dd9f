import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

type PageBodyProps = {
  /** `wide` for tables and pictures, `column` for what is read or filled in. */
  readonly width?: 'wide' | 'column';
  readonly className?: string;
  readonly children: ReactNode;
};

/** The content of a page below its header: scrolls by itself, never wider than can be read. */
export function PageBody({ width = 'wide', className, children }: PageBodyProps) {
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div
        className={classNames(
          'mx-auto grid w-full grid-cols-[minmax(0,1fr)] content-start gap-4 p-4 pb-16 lg:p-6 lg:pb-16',
          width === 'wide' ? 'max-w-[1360px]' : 'max-w-[768px]',
          className,
        )}
      >
        {children}
      </div>
    </main>
  );
}
