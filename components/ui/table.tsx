'use client';

import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { ScrollBox } from '@/components/ui/scroll-box';

/** A table that scrolls by itself, its head staying in sight, where the page is too small for it. */
export function Table({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    <ScrollBox
      label={label}
      className={classNames('max-h-[max(420px,calc(100dvh-220px))] rounded-panel border', className)}
    >
      <table className="w-full border-collapse text-xs">{children}</table>
    </ScrollBox>
  );
}

export type SortDirection = 'ascending' | 'descending';

type HeadCellProps = {
  readonly children: ReactNode;
  readonly align?: 'start' | 'end';
  /** How the table is sorted by this column now; absent for columns that do not sort. */
  readonly sorted?: SortDirection | 'none';
  readonly onSort?: () => void;
  readonly className?: string;
};

/** The head of a column; a button when the table sorts by it. */
export function HeadCell({ children, align = 'start', sorted, onSort, className }: HeadCellProps) {
  const Arrow = sorted === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={sorted}
      className={classNames(
        'sticky top-0 z-10 h-8 whitespace-nowrap bg-sunken px-3 font-medium text-muted shadow-[inset_0_-1px_0_var(--line)]',
        align === 'end' ? 'text-right' : 'text-left',
        className,
      )}
    >
      {onSort ? (
        <button
          type="button"
          onClick={onSort}
          className="-mx-1 inline-flex h-6 items-center gap-1 rounded-chip px-1 hover:text-strong touch:h-11"
        >
          {children}
          <Arrow
            size={11}
            aria-hidden
            className={classNames(
              align === 'end' && '-order-1',
              sorted === undefined || sorted === 'none' ? 'opacity-0' : 'text-strong',
            )}
          />
        </button>
      ) : (
        children
      )}
    </th>
  );
}

/** One value of a row. */
export function Cell({
  children,
  align = 'start',
  className,
}: Pick<HeadCellProps, 'children' | 'align' | 'className'>) {
  return (
    <td className={classNames('h-9 px-3', align === 'end' ? 'text-right' : 'text-left', className)}>{children}</td>
  );
}

/** A row that lights up under the pointer. */
export function Row({ children, isSelected = false }: { children: ReactNode; isSelected?: boolean }) {
  return (
    <tr className={classNames('border-b last:border-b-0', isSelected ? 'bg-accent-soft' : 'hover:bg-hover')}>
      {children}
    </tr>
  );
}
