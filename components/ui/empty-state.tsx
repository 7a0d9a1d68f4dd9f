import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { CodeBlock } from '@/components/ui/code-block';

type EmptyStateProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  /** One sentence that teaches. */
  readonly children: ReactNode;
  /** One action. */
  readonly action?: ReactNode;
  /** The same for the terminal. */
  readonly command?: string;
};

/** A list without items: what would stand here, what makes the first one, and the same as a command. */
export function EmptyState({ icon: Icon, title, children, action, command }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-3 rounded-panel border border-dashed px-4 py-10 text-center">
      <span className="grid size-10 place-items-center rounded-panel bg-sunken text-muted">
        <Icon size={20} aria-hidden />
      </span>
      <div className="grid max-w-[440px] gap-1">
        <h2 className="font-semibold text-md text-strong">{title}</h2>
        <p className="text-pretty text-muted">{children}</p>
      </div>
      {action}
      {command && (
        <div className="mt-2 grid w-full max-w-[620px] gap-1 text-left">
          <p className="text-2xs text-muted">The same from a terminal</p>
          <CodeBlock code={command} label="Copy the command" />
        </div>
      )}
    </div>
  );
}
