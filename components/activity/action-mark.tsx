import {
  ArchiveRestore,
  Ban,
  CircleAlert,
  CircleCheck,
  CirclePlus,
  Copy,
  Download,
  Eye,
  EyeOff,
  type LucideIcon,
  Pencil,
  Play,
  Trash2,
  Upload,
} from 'lucide-react';
import type { ActivityAction } from '@/lib/domain/activity/schema';

const icons: Readonly<Record<ActivityAction, LucideIcon>> = {
  created: CirclePlus,
  updated: Pencil,
  deleted: Trash2,
  trashed: Trash2,
  restored: ArchiveRestore,
  started: Play,
  completed: CircleCheck,
  failed: CircleAlert,
  cancelled: Ban,
  uploaded: Upload,
  shared: Eye,
  unshared: EyeOff,
  exported: Download,
  cloned: Copy,
};

const colours: Partial<Record<ActivityAction, string>> = {
  created: 'text-good',
  completed: 'text-good',
  restored: 'text-good',
  deleted: 'text-bad',
  failed: 'text-bad',
  trashed: 'text-warn',
};

/** The kind of an event as a sign; its words stand beside it. */
export function ActionMark({ action }: { readonly action: ActivityAction }) {
  const Icon = icons[action];
  return (
    <span className="grid size-7 shrink-0 place-items-center rounded-full bg-sunken">
      <Icon size={14} aria-hidden className={colours[action] ?? 'text-muted'} />
    </span>
  );
}
