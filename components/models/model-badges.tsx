import { CircleAlert, CircleCheck, CircleDashed, PackageOpen } from 'lucide-react';
import { classNames } from '@/components/ui/class-names';
import type { Task } from '@/lib/core/task';
import type { ModelSummary } from '@/lib/domain/models/schema';

const statuses = {
  ready: { icon: CircleCheck, label: 'Ready', className: 'text-good' },
  stored: { icon: PackageOpen, label: 'Stored only', className: 'text-warn' },
  untrained: { icon: CircleDashed, label: 'No file', className: 'text-muted' },
  failed: { icon: CircleAlert, label: 'Failed', className: 'text-bad' },
} as const;

/** Whether a model can predict here; why not, on hover. */
export function StatusChip({ model }: { readonly model: Pick<ModelSummary, 'status' | 'statusReason'> }) {
  const { icon: Icon, label, className } = statuses[model.status];
  return (
    <span
      data-tip={model.statusReason ?? undefined}
      className={classNames('inline-flex items-center gap-1 whitespace-nowrap align-middle text-xs', className)}
    >
      <Icon size={13} aria-hidden className="shrink-0" />
      {label}
    </span>
  );
}

/** What a model answers. */
export function TaskChip({ task }: { readonly task: Task | null }) {
  if (task === null) return <span className="text-muted text-xs">–</span>;
  return <span className="inline-flex h-5 items-center rounded-chip bg-hover px-1.5 text-2xs text-body">{task}</span>;
}
