'use client';

import { Columns2, SplitSquareHorizontal, X } from 'lucide-react';
import { useMemo } from 'react';
import { PanelHeading } from '@/components/test/panels/panel-heading';
import { compareResults } from '@/components/test/session/compare-results';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { countByClass, nameOf, summariseResult } from '@/components/test/session/summarise-result';
import { Button } from '@/components/ui/button';
import { classColour } from '@/lib/engines/overlay/class-colour';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

/** What only one of the two models found. */
export function ComparisonList({ first, second }: { readonly first: VisionResult; readonly second: VisionResult }) {
  const actions = useTestActions();
  const mode = useTest((state) => state.compareMode);
  const firstName = useTest((state) => state.models.find(({ key }) => key === state.activeModelKey)?.name ?? '');
  const secondName = useTest((state) => state.models.find(({ key }) => key === state.compareModelKey)?.name ?? '');
  const comparison = useMemo(() => compareResults(first, second), [first, second]);
  return (
    <section aria-label="Comparison" className="border-b pb-2">
      <PanelHeading title="Compare" note={comparison ? `${comparison.both.length} found by both` : undefined}>
        <Button
          variant="ghost"
          size="icon-small"
          aria-label="Split slider"
          aria-pressed={mode === 'split'}
          data-tip="Split slider"
          onClick={() => actions.setCompareMode('split')}
        >
          <SplitSquareHorizontal size={14} aria-hidden />
        </Button>
        <Button
          variant="ghost"
          size="icon-small"
          aria-label="Side by side"
          aria-pressed={mode === 'side-by-side'}
          data-tip="Side by side"
          onClick={() => actions.setCompareMode('side-by-side')}
        >
          <Columns2 size={14} aria-hidden />
        </Button>
        <Button
          variant="ghost"
          size="icon-small"
          aria-label="End the comparison"
          data-tip="End"
          onClick={() => actions.compareWith(null)}
        >
          <X size={14} aria-hidden />
        </Button>
      </PanelHeading>
      <div className="grid gap-2 px-3">
        <OnlyOne model={firstName} result={first} only={comparison?.onlyFirst ?? null} isLinked />
        <OnlyOne model={secondName} result={second} only={comparison?.onlySecond ?? null} isLinked={false} />
      </div>
    </section>
  );
}

type OnlyOneProps = {
  readonly model: string;
  readonly result: VisionResult;
  readonly only: readonly Detection[] | null;
  /** Whether its rows point at the first model's detections on the stage. */
  readonly isLinked: boolean;
};

function OnlyOne({ model, result, only, isLinked }: OnlyOneProps) {
  const { setView } = useTestActions();
  if (only === null) {
    return (
      <p className="text-xs">
        <span className="text-muted">{model}: </span>
        <span className="text-strong">{summariseResult(result).text}</span>
      </p>
    );
  }
  return (
    <div className="text-xs">
      <p className="truncate text-muted">
        Only {model}: {only.length === 0 ? 'nothing' : only.length}
      </p>
      <ul className="mt-1 flex flex-wrap gap-1">
        {countByClass(only.map(({ classId }) => classId)).map(({ classId, count }) => {
          const name = nameOf(result.names, classId);
          const firstOfClass = only.find((detection) => detection.classId === classId);
          const chip = (
            <>
              <span aria-hidden className="size-2 rounded-[2px]" style={{ background: classColour(classId).css }} />
              {name} {count}
            </>
          );
          const look = 'flex h-6 items-center gap-1.5 rounded-chip border px-1.5 text-body touch:h-11';
          return (
            <li key={classId}>
              {isLinked && firstOfClass ? (
                <button
                  type="button"
                  className={`${look} hover:bg-hover`}
                  onClick={() => setView({ selectedDetection: firstOfClass.index })}
                >
                  {chip}
                </button>
              ) : (
                <span className={look}>{chip}</span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
