'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { ScrollBox } from '@/components/ui/scroll-box';
import { SearchField } from '@/components/ui/search-field';

/** Fewer rows than these are looked through by eye. */
const fewRows = 8;

type SearchableListProps<Row> = {
  /** What the rows are, for the search and for people who do not see it: “classes”. */
  readonly what: string;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** What the search looks in. */
  readonly textOf: (row: Row) => string;
  readonly draw: (row: Row) => ReactNode;
  /** In CSS pixels, of every row. */
  readonly rowHeight: number;
};

/** A list of any length that fills its place, with a search; only the rows in sight are drawn. */
export function SearchableList<Row>({ what, rows, keyOf, textOf, draw, rowHeight }: SearchableListProps<Row>) {
  const [search, setSearch] = useState('');
  const found = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return wanted === '' ? rows : rows.filter((row) => textOf(row).toLowerCase().includes(wanted));
  }, [rows, search, textOf]);
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {rows.length > fewRows && (
        <div className="flex items-center gap-3 border-b px-4 py-2">
          <SearchField
            label={`Search ${what}`}
            value={search}
            onSearch={setSearch}
            takesSlash={false}
            className="max-w-64 flex-1"
          />
          <span role="status" className="text-muted text-xs">
            {search === '' ? rows.length.toLocaleString('en') : `${found.length} of ${rows.length}`}
          </span>
        </div>
      )}
      <ScrollBox ref={scroller} label={`List of ${what}`} className="min-h-0 flex-1">
        <ul className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const row = found[index];
            return row === undefined ? null : (
              <li
                key={keyOf(row)}
                className="absolute inset-x-0 border-b"
                style={{ transform: `translateY(${start}px)`, height: size }}
              >
                {draw(row)}
              </li>
            );
          })}
        </ul>
        {found.length === 0 && (
          <p className="p-4 text-muted text-xs">
            {rows.length === 0 ? `The file has no ${what}.` : 'Nothing is called that.'}
          </p>
        )}
      </ScrollBox>
    </div>
  );
}
