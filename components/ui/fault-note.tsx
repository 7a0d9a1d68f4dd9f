import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

type FaultNoteProps = {
  readonly found: string;
  readonly remedy: string;
  /** The way on: buttons. */
  readonly children?: ReactNode;
  readonly className?: string;
};

/** An error where the fault is: what was found, what to do, and the buttons that do it. */
export function FaultNote({ found, remedy, children, className }: FaultNoteProps) {
  return (
    <div role="alert" className={classNames('flex gap-2 rounded-control bg-bad-soft p-2 text-xs', className)}>
      <CircleAlert size={14} className="mt-px shrink-0 text-bad" aria-hidden />
      <div className="grid min-w-0 gap-1">
        <p className="break-words font-medium text-strong">{found}</p>
        <p className="break-words text-body">{remedy}</p>
        {children && <div className="mt-1 flex flex-wrap gap-1.5">{children}</div>}
      </div>
    </div>
  );
}
