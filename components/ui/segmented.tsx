'use client';

import type { LucideIcon } from 'lucide-react';
import { classNames } from '@/components/ui/class-names';

type SegmentedProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: LucideIcon }[];
  readonly onChange: (value: Value) => void;
};

/** A choice between a few views, all in sight. With icons the words are names only. */
export function Segmented<Value extends string>({ label, value, options, onChange }: SegmentedProps<Value>) {
  return (
    <fieldset aria-label={label} className="flex rounded-control border border-line-strong bg-raised p-0.5">
      {options.map(({ value: own, label: words, icon: Icon }) => (
        <button
          key={own}
          type="button"
          aria-pressed={own === value}
          aria-label={Icon ? words : undefined}
          data-tip={Icon ? words : undefined}
          onClick={() => onChange(own)}
          className={classNames(
            'grid h-[22px] min-w-6 place-items-center rounded-chip px-1.5 font-medium text-xs touch:h-10 touch:min-w-10 touch:px-3',
            own === value ? 'bg-press text-strong' : 'text-muted hover:text-strong',
          )}
        >
          {Icon ? <Icon size={14} aria-hidden /> : words}
        </button>
      ))}
    </fieldset>
  );
}
