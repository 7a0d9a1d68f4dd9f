import type { ReactNode } from 'react';
import { BrandMark } from '@/components/frame/brand-mark';
import { ThemeButton } from '@/components/frame/theme-button';

type PageHeaderProps = {
  readonly title: string;
  /** Stands right of the title: a badge, a short fact. */
  readonly badge?: ReactNode;
  /** The page's actions; the primary one last. */
  readonly children?: ReactNode;
};

/** The 48 px bar of every page: where one is, what can be done here, and the theme. */
export function PageHeader({ title, badge, children }: PageHeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b bg-base px-3 touch:h-14">
      <span className="lg:hidden">
        <BrandMark size={22} />
      </span>
      <h1 className="font-semibold text-md text-strong">{title}</h1>
      {badge}
      <div className="ml-auto flex min-w-0 items-center gap-1.5">
        {children}
        <ThemeButton />
      </div>
    </header>
  );
}
