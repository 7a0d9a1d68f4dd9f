'use client';

import Link from 'next/link';
import { classNames } from '@/components/ui/class-names';

type LinkTabsProps<Id extends string> = {
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly label: string; readonly href: string }[];
  readonly selected: Id;
};

/** Tabs that are addresses: each is a page of its own, Back works, and they open in new windows. */
export function LinkTabs<Id extends string>({ label, tabs, selected }: LinkTabsProps<Id>) {
  return (
    <nav aria-label={label} className="flex shrink-0 gap-4 overflow-x-auto border-b px-4 lg:px-6">
      {tabs.map(({ id, label: words, href }) => (
        <Link
          key={id}
          href={href}
          aria-current={id === selected ? 'page' : undefined}
          className={classNames(
            '-mb-px flex h-9 items-center border-b-2 font-medium text-sm focus-visible:-outline-offset-2 touch:h-11',
            id === selected ? 'border-b-accent text-strong' : 'border-b-transparent text-muted hover:text-body',
          )}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}
