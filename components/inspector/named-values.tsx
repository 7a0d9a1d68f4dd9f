'use client';

import { SearchableList } from '@/components/inspector/searchable-list';
import { useRowHeight } from '@/components/ui/use-row-height';

type NamedValue = { readonly name: string; readonly value: string };

type NamedValuesProps = { readonly what: string; readonly rows: readonly NamedValue[] };

/** A long list of names and values; a value that does not fit is told by the tip. */
export function NamedValues({ what, rows }: NamedValuesProps) {
  const rowHeight = useRowHeight() + 4;
  return <SearchableList what={what} rows={rows} rowHeight={rowHeight} keyOf={nameOf} textOf={textOf} draw={draw} />;
}

function nameOf({ name }: NamedValue): string {
  return name;
}

function textOf({ name, value }: NamedValue): string {
  return `${name} ${value}`;
}

function draw({ name, value }: NamedValue) {
  return (
    <div className="grid h-full grid-cols-[minmax(88px,2fr)_minmax(0,3fr)] items-center gap-3 px-4 text-xs">
      <span className="truncate text-muted" title={name}>
        {name}
      </span>
      <span className="truncate font-mono text-body" title={value}>
        {value}
      </span>
    </div>
  );
}
