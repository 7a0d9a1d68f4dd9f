import { classNames } from '@/components/ui/class-names';

/** Hues a mark can have: as far apart as eight can be. */
const hueCount = 8;

type ProjectMarkProps = {
  readonly project: { readonly id: string; readonly name: string };
  readonly className?: string;
};

/** A project's first letter on a colour of its own, so that it is found again at a glance. Says nothing a name does not. */
export function ProjectMark({ project, className }: ProjectMarkProps) {
  const hue = (markNumber(project.id) * 360) / hueCount;
  return (
    <span
      aria-hidden
      style={{ backgroundColor: `oklch(0.5 0.11 ${hue})` }}
      className={classNames(
        'grid size-7 shrink-0 place-items-center rounded-control font-semibold text-[white] text-sm uppercase',
        className,
      )}
    >
      {[...project.name][0]}
    </span>
  );
}

/** Which of the hues an id has: always the same one. */
function markNumber(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return sum % hueCount;
}
