import { CircleHelp, ShieldCheck, TriangleAlert } from 'lucide-react';
import { classNames } from '@/components/ui/class-names';
import type { GlobalGroup } from '@/lib/engines/model-files/checkpoint/describe-global';

const looks = {
  expected: { icon: ShieldCheck, colour: 'text-good' },
  unusual: { icon: CircleHelp, colour: 'text-warn' },
  dangerous: { icon: TriangleAlert, colour: 'text-bad' },
} as const;

type GlobalVerdictMarkProps = { readonly verdict: GlobalGroup['verdict']; readonly className?: string };

/** What to think of a name, as an icon and a word. */
export function GlobalVerdictMark({ verdict, className }: GlobalVerdictMarkProps) {
  const { icon: Icon, colour } = looks[verdict];
  return (
    <span className={classNames('flex items-center gap-1 font-medium text-2xs', colour, className)}>
      <Icon size={13} aria-hidden />
      <span className={verdict === 'expected' ? 'max-sm:sr-only' : undefined}>{verdict}</span>
    </span>
  );
}
