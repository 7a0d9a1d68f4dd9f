import { classNames } from '@/components/ui/class-names';
import { CopyButton } from '@/components/ui/copy-button';

type CodeBlockProps = {
  readonly code: string;
  /** The name of the copy button. */
  readonly label: string;
  /** What is copied, when that is more than what is shown. */
  readonly copied?: string;
  readonly className?: string;
};

/** Code with its copy button. Long lines scroll; a keyboard can reach them. */
export function CodeBlock({ code, label, copied = code, className }: CodeBlockProps) {
  return (
    <div className={classNames('relative min-w-0 rounded-control border bg-sunken', className)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="max-h-[420px] overflow-auto p-3 pr-11 font-mono text-body text-xs touch:pr-14">
        <code>{code}</code>
      </pre>
      <div className="absolute top-px right-px rounded-control bg-sunken p-1.5">
        <CopyButton text={copied} label={label} />
      </div>
    </div>
  );
}
