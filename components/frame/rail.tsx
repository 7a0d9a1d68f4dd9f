'use client';

import { PanelLeft, ScanEye } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { BrandMark } from '@/components/frame/brand-mark';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';

/** The pages of the product, top to bottom. An entry appears here when its page exists. */
const entries = [{ href: '/test', label: 'Test', icon: ScanEye, tip: 'Test a model on images' }] as const;

/** The way between pages: 52 px, or 216 px with words. On phones the header carries the mark instead. */
export function Rail() {
  const path = usePathname();
  const [wide, setWide] = useState(false);
  return (
    <nav
      aria-label="Pages"
      className={classNames(
        'hidden shrink-0 flex-col border-r bg-base transition-[width] lg:flex',
        wide ? 'w-[216px]' : 'w-[52px]',
      )}
    >
      <Link href="/test" aria-label="Sightline" className="flex h-12 items-center gap-2.5 px-[15px]">
        <BrandMark size={22} />
        {wide && <span className="font-semibold text-md text-strong">Sightline</span>}
      </Link>
      <ul className="grid gap-0.5 px-2 pt-1">
        {entries.map(({ href, label, icon: Icon, tip }) => {
          const current = path.startsWith(href);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={current ? 'page' : undefined}
                aria-label={label}
                data-tip={wide ? undefined : tip}
                className={classNames(
                  'flex h-8 items-center gap-2.5 rounded-control px-2.5 font-medium hover:bg-hover',
                  current ? 'bg-hover text-strong' : 'text-muted',
                )}
              >
                <Icon size={16} aria-hidden className="shrink-0" />
                {wide && label}
              </Link>
            </li>
          );
        })}
      </ul>
      <Button
        variant="ghost"
        size="icon"
        aria-label={wide ? 'Fold the rail' : 'Unfold the rail'}
        aria-expanded={wide}
        data-tip={wide ? 'Fold the rail' : 'Unfold the rail'}
        className="mx-3 mt-auto mb-2 text-muted"
        onClick={() => setWide(!wide)}
      >
        <PanelLeft size={16} aria-hidden />
      </Button>
    </nav>
  );
}
