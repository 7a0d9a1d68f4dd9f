'use client';

import { PanelLeft } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { BrandMark } from '@/components/frame/brand-mark';
import { useFrameSession } from '@/components/frame/frame-context';
import { RailLinks } from '@/components/frame/rail-links';
import { type RailWidth, rememberRailWidth } from '@/components/frame/rail-memory';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';

/** The way between pages: 216 px with words, or 52 px; remembered. On phones the header opens the same list. */
export function Rail({ initial }: { readonly initial: RailWidth }) {
  const session = useFrameSession();
  const [width, setWidth] = useState(initial);
  const wide = width === 'wide';

  function toggle(): void {
    const next = wide ? 'narrow' : 'wide';
    setWidth(next);
    rememberRailWidth(next);
  }

  return (
    <nav
      aria-label="Pages"
      className={classNames(
        'hidden shrink-0 flex-col overflow-hidden border-r bg-base transition-[width] lg:flex',
        wide ? 'w-[216px]' : 'w-[52px]',
      )}
    >
      <Link
        href={session === null ? '/test' : '/home'}
        aria-label="Sightline"
        className="flex h-12 shrink-0 items-center gap-2.5 px-[15px]"
      >
        <BrandMark size={22} />
        {wide && <span className="font-semibold text-md text-strong">Sightline</span>}
      </Link>
      <div className="flex min-h-0 flex-1 flex-col justify-between gap-4 overflow-y-auto px-2 pt-1 pb-1">
        <RailLinks place="main" wide={wide} />
        <RailLinks place="foot" wide={wide} />
      </div>
      <Button
        variant="ghost"
        size="icon"
        aria-label={wide ? 'Fold the rail' : 'Unfold the rail'}
        aria-expanded={wide}
        data-tip={wide ? 'Fold the rail' : 'Unfold the rail'}
        className="mx-3 mb-2 shrink-0 text-muted"
        onClick={toggle}
      >
        <PanelLeft size={16} aria-hidden />
      </Button>
    </nav>
  );
}
