import { type ReactNode, useId } from 'react';
import { classNames } from '@/components/ui/class-names';

type SectionProps = {
  readonly title: string;
  /** Beside the title: a count, a short fact. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
};

/** A part of a page with its own heading, set off by a line. */
export function Section({ title, note, actions, className, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classNames('min-w-0 rounded-panel border bg-raised', className)}>
      <div className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1 border-b py-1.5 pr-2 pl-4">
        <h2 id={id} className="font-semibold text-sm text-strong">
          {title}
        </h2>
        {note !== undefined && <span className="text-muted text-xs">{note}</span>}
        {actions && <div className="ml-auto flex flex-wrap items-center gap-1.5">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
