'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { Eye, EyeOff, Search } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { PanelHeading } from '@/components/test/panels/panel-heading';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { countByClass } from '@/components/test/session/summarise-result';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { useRowHeight } from '@/components/ui/use-row-height';
import { classColour } from '@/lib/engines/overlay/class-colour';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** Where the key `/` goes. */
export const classSearchId = 'class-search';

const noNames: readonly string[] = [];

/** Every class of the model: kept or filtered, its colour, how often it was found, and whether it is drawn. */
export function ClassList() {
  const actions = useTestActions();
  const names = useTest((state) => state.shown.primary?.result.names ?? noNames);
  const result = useTest((state) => state.shown.primary?.result ?? null);
  const filter = useTest((state) => state.thresholds.classes);
  const [search, setSearch] = useState('');
  const counts = useMemo(() => classCounts(result), [result]);
  const rows = useMemo(() => orderedClasses(names, counts, search), [names, counts, search]);
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  if (names.length === 0 || result?.task === 'depth') return null;
  // Probabilities and class maps are whole answers: there is nothing to leave out of them.
  const canFilter = result !== null && 'detections' in result;

  return (
    <section aria-label="Classes" className="border-t">
      <PanelHeading title="Classes" note={filter === null ? names.length : `${filter.length} of ${names.length}`}>
        {filter !== null && (
          <Button variant="ghost" size="small" onClick={() => actions.setThresholds({ classes: null })}>
            All
          </Button>
        )}
      </PanelHeading>
      {names.length > 8 && (
        <label className="mx-3 mb-1 flex h-6 items-center gap-1.5 rounded-control border bg-sunken px-1.5 text-muted focus-within:border-accent touch:h-11">
          <Search size={12} aria-hidden />
          <input
            type="search"
            id={classSearchId}
            aria-label="Search classes"
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            className="min-w-0 flex-1 bg-transparent text-strong text-xs outline-none placeholder:text-muted"
          />
        </label>
      )}
      <div ref={scroller} className="max-h-48 overflow-y-auto px-2 pb-2">
        <ul className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const classId = rows[index] ?? 0;
            return (
              <li
                key={classId}
                className="absolute inset-x-0"
                style={{ transform: `translateY(${start}px)`, height: size }}
              >
                <ClassRow
                  classId={classId}
                  name={names[classId] ?? ''}
                  count={counts.get(classId) ?? 0}
                  canFilter={canFilter}
                  names={names}
                />
              </li>
            );
          })}
        </ul>
        {rows.length === 0 && <p className="px-1 py-2 text-muted text-xs">No class is called that.</p>}
      </div>
    </section>
  );
}

type ClassRowProps = {
  readonly classId: number;
  readonly name: string;
  readonly count: number;
  readonly names: readonly string[];
  readonly canFilter: boolean;
};

function ClassRow({ classId, name, count, names, canFilter }: ClassRowProps) {
  const actions = useTestActions();
  const filter = useTest((state) => state.thresholds.classes);
  const isHidden = useTest((state) => state.hiddenClasses.has(classId));
  const colour = useTest((state) => state.classColours.get(classId)) ?? classColour(classId).css;
  const isKept = filter === null || filter.includes(classId);

  function toggleFilter(): void {
    const kept = filter ?? [...names.keys()];
    const next = isKept ? kept.filter((other) => other !== classId) : [...kept, classId].sort((a, b) => a - b);
    actions.setThresholds({ classes: next.length === names.length ? null : next });
  }

  return (
    <div className="group flex h-full items-center gap-0.5 rounded-chip pr-1 text-xs hover:bg-hover">
      {canFilter && (
        <input
          type="checkbox"
          checked={isKept}
          aria-label={`Keep ${name}`}
          data-tip="Keep this class in the results"
          onChange={toggleFilter}
          className="mx-[5px] size-3.5 shrink-0 accent-[var(--accent)] touch:size-5"
        />
      )}
      <input
        type="color"
        value={colour}
        aria-label={`Colour of ${name}`}
        data-tip="Change the colour"
        onChange={(event) => actions.setClassColour(classId, event.currentTarget.value)}
        className="swatch mx-[5px] size-3.5 shrink-0 touch:size-6"
      />
      <span className={classNames('min-w-0 flex-1 truncate', isKept && count > 0 ? 'text-strong' : 'text-muted')}>
        {name}
      </span>
      {canFilter && (
        <Button
          variant="ghost"
          size="small"
          aria-label={`Only ${name}`}
          data-tip="Keep this class alone"
          onClick={() => actions.setThresholds({ classes: [classId] })}
          className="text-muted opacity-0 focus-visible:opacity-100 group-hover:opacity-100 touch:opacity-100"
        >
          Only
        </Button>
      )}
      <Button
        variant="ghost"
        size="icon-small"
        aria-label={isHidden ? `Draw ${name}` : `Hide ${name}`}
        aria-pressed={isHidden}
        data-tip={isHidden ? 'Draw this class again' : 'Hide this class on the image'}
        onClick={() => actions.toggleClassHidden(classId)}
        className={classNames(
          !isHidden && 'opacity-0 focus-visible:opacity-100 group-hover:opacity-100 touch:opacity-100',
        )}
      >
        {isHidden ? <EyeOff size={13} aria-hidden /> : <Eye size={13} aria-hidden />}
      </Button>
      <span className="min-w-4 text-right text-body">{count > 0 ? count : ''}</span>
    </div>
  );
}

function classCounts(result: VisionResult | null): ReadonlyMap<number, number> {
  if (!result || !('detections' in result)) return new Map();
  return new Map(
    countByClass(result.detections.map(({ classId }) => classId)).map(({ classId, count }) => [classId, count]),
  );
}

/** Classes that were found first, most often first; then the others in their own order. */
function orderedClasses(names: readonly string[], counts: ReadonlyMap<number, number>, search: string): number[] {
  const wanted = search.trim().toLowerCase();
  const matching = [...names.keys()].filter((classId) => (names[classId] ?? '').toLowerCase().includes(wanted));
  return matching.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || a - b);
}
