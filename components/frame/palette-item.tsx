'use client';

import { Command } from 'cmdk';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type PaletteItemProps = {
  /** What is searched, unique among all entries. */
  readonly value: string;
  readonly keywords?: string[];
  readonly icon: LucideIcon;
  readonly keys?: string;
  /** Found by the server already: shown whatever is typed. */
  readonly isFound?: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
};

/** One entry of the palette. */
export function PaletteItem({ value, keywords, icon: Icon, keys, isFound, onSelect, children }: PaletteItemProps) {
  return (
    <Command.Item
      value={value}
      keywords={keywords}
      forceMount={isFound}
      onSelect={onSelect}
      className="flex h-8 items-center gap-2.5 rounded-control px-2.5 text-body aria-selected:bg-hover aria-selected:text-strong touch:h-11"
    >
      <Icon size={15} aria-hidden className="shrink-0 text-muted" />
      <span className="flex min-w-0 flex-1 items-baseline gap-2 truncate">{children}</span>
      {keys && <span className="text-2xs text-muted max-sm:hidden">{keys}</span>}
    </Command.Item>
  );
}
