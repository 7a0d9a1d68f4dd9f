import { CircleCheck, CircleDashed, CircleX, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

const tones: Readonly<Record<'good' | 'warn' | 'bad' | 'plain', { icon: LucideIcon; className: string }>> = {
  good: { icon: CircleCheck, className: 'text-good' },
  warn: { icon: TriangleAlert, className: 'text-warn' },
  bad: { icon: CircleX, className: 'text-bad' },
  plain: { icon: CircleDashed, className: 'text-muted' },
};

/** A state in a word, with an icon: the colour alone says nothing. */
export function Mark({ tone, children }: { readonly tone: keyof typeof tones; readonly children: ReactNode }) {
  const { icon: Icon, className } = tones[tone];
  return (
    <span className={classNames('inline-flex items-center gap-1 whitespace-nowrap font-medium text-xs', className)}>
      <Icon size={13} aria-hidden className="shrink-0" />
      {children}
    </span>
  );
}
