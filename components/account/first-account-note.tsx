import { ShieldCheck } from 'lucide-react';

/** Said to whoever sets a server up. */
export function FirstAccountNote() {
  return (
    <p className="flex gap-2 rounded-control bg-accent-soft p-2.5 text-body text-xs">
      <ShieldCheck size={14} aria-hidden className="mt-px shrink-0 text-accent-text" />
      <span>
        This is the first account of this server: it becomes the{' '}
        <strong className="font-medium text-strong">administrator</strong>.
      </span>
    </p>
  );
}
