import type { ReactNode } from 'react';
import { BrandMark } from '@/components/frame/brand-mark';
import { PageHeader } from '@/components/frame/page-header';

type AuthCardProps = {
  readonly title: string;
  /** One line: what this is for. */
  readonly reason: ReactNode;
  /** Below the card: the ways to the other pages of signing in. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
};

/** A page about signing in: one column in the middle, a card on a desk, the page itself in a hand. */
export function AuthCard({ title, reason, foot, children }: AuthCardProps) {
  return (
    <>
      <PageHeader title={title} titleBelow />
      <main className="flex min-h-0 flex-1 flex-col overflow-y-auto px-4 py-6 sm:py-10">
        <div className="mx-auto grid w-full max-w-[384px] gap-5 sm:my-auto">
          <div className="grid gap-5 sm:rounded-panel sm:border sm:bg-raised sm:p-7">
            <div className="grid justify-items-start gap-3">
              <BrandMark size={32} />
              <div className="grid gap-1">
                <h1 className="font-semibold text-lg text-strong">{title}</h1>
                <p className="text-pretty text-muted">{reason}</p>
              </div>
            </div>
            {children}
          </div>
          {foot && <div className="grid justify-items-center gap-2 text-center text-muted">{foot}</div>}
        </div>
      </main>
    </>
  );
}
