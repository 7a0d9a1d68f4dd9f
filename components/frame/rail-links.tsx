'use client';

import { LogIn } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type Destination, destinationsFor, isWithin } from '@/components/frame/destinations';
import { type FrameSession, useFrameSession } from '@/components/frame/frame-context';
import { classNames } from '@/components/ui/class-names';

type RailLinksProps = {
  readonly place: Destination['place'];
  readonly wide: boolean;
  readonly onFollow?: () => void;
};

/** The pages of one part of the rail. */
export function RailLinks({ place, wide, onFollow }: RailLinksProps) {
  const session = useFrameSession();
  const path = usePathname();
  const entries = destinationsFor(session).filter((destination) => destination.place === place);
  return (
    <ul className="grid gap-0.5">
      {entries.map((destination) => (
        <li key={destination.href}>
          <RailLink
            href={destination.href}
            label={destination.label}
            icon={destination.icon}
            keys={`G ${destination.letter.toUpperCase()}`}
            current={isCurrent(path, destination, session)}
            wide={wide}
            onFollow={onFollow}
          />
        </li>
      ))}
      {place === 'foot' && session === null && (
        <li>
          <RailLink
            href="/sign-in"
            label="Sign in"
            icon={LogIn}
            current={path === '/sign-in'}
            wide={wide}
            onFollow={onFollow}
          />
        </li>
      )}
    </ul>
  );
}

type RailLinkProps = Pick<Destination, 'href' | 'label' | 'icon'> & {
  readonly keys?: string;
  readonly current: boolean;
  readonly wide: boolean;
  readonly onFollow?: () => void;
};

function RailLink({ href, label, icon: Icon, keys, current, wide, onFollow }: RailLinkProps) {
  return (
    <Link
      href={href}
      onClick={onFollow}
      aria-current={current ? 'page' : undefined}
      aria-label={label}
      data-tip={wide ? undefined : label}
      data-keys={keys}
      className={classNames(
        'group flex h-8 items-center gap-2.5 rounded-control px-2.5 font-medium transition-colors hover:bg-hover hover:text-strong touch:h-11',
        current ? 'bg-hover text-strong' : 'text-muted',
      )}
    >
      <Icon size={16} aria-hidden className={classNames('shrink-0', current && 'text-accent-text')} />
      {wide && <span className="min-w-0 flex-1 truncate">{label}</span>}
    </Link>
  );
}

/** Projects and models live under their owner's name. */
function isCurrent(path: string, destination: Destination, session: FrameSession | null): boolean {
  if (isWithin(path, destination)) return true;
  return destination.href === '/projects' && session !== null && path.startsWith(`/${session.username}/`);
}
