'use client';

import { ChevronRight, Menu as MenuIcon } from 'lucide-react';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { showOverlay } from '@/components/frame/frame-store';
import { HeaderTools } from '@/components/frame/header-tools';
import { Button } from '@/components/ui/button';

/** One step of the way to a page. */
type Crumb = { readonly label: string; readonly href: string };

type PageHeaderProps = {
  readonly title: string;
  /** The pages above this one, outermost first. */
  readonly crumbs?: readonly Crumb[];
  /** Stands right of the title: a badge, a short fact. */
  readonly badge?: ReactNode;
  /** Where the page shows its title larger below, the one here is only the last step of the way. */
  readonly titleBelow?: boolean;
  /** The page's actions; the primary one last. */
  readonly children?: ReactNode;
};

/** The 48 px bar of every page: where one is, what can be done here, search, news, theme and account. */
export function PageHeader({ title, crumbs = [], badge, titleBelow = false, children }: PageHeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b bg-base px-3 touch:h-14">
      <Button
        variant="ghost"
        size="icon"
        className="-ml-1 lg:hidden"
        aria-label="Pages"
        data-tip="Pages"
        onClick={() => showOverlay('pages')}
      >
        <MenuIcon size={16} aria-hidden />
      </Button>
      <div className="flex min-w-0 items-center gap-1.5 text-md">
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 max-sm:hidden">
            {crumbs.map(({ label, href }) => (
              <Fragment key={href}>
                <Link href={href} className="min-w-0 max-w-48 truncate text-muted hover:text-strong">
                  {label}
                </Link>
                <ChevronRight size={14} aria-hidden className="shrink-0 text-faint" />
              </Fragment>
            ))}
          </nav>
        )}
        {titleBelow ? (
          <span aria-current="page" className="truncate font-semibold text-strong">
            {title}
          </span>
        ) : (
          <h1 className="truncate font-semibold text-strong">{title}</h1>
        )}
        {badge}
      </div>
      <div className="ml-auto flex shrink-0 items-center gap-1.5">
        {children}
        <HeaderTools />
      </div>
    </header>
  );
}
