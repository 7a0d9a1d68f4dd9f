import type { ReactNode } from 'react';

/** The head of a panel's section: its name, what it counts, and its actions. */
export function PanelHeading({ title, note, children }: { title: string; note?: ReactNode; children?: ReactNode }) {
  return (
    <div className="flex h-8 shrink-0 items-center gap-2 px-3 touch:h-12">
      <h2 className="font-semibold text-strong text-xs">{title}</h2>
      {note !== undefined && <span className="text-2xs text-muted">{note}</span>}
      {children && <div className="ml-auto flex items-center gap-0.5">{children}</div>}
    </div>
  );
}
