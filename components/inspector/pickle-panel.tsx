'use client';

import { useMemo } from 'react';
import { verdictSentence } from '@/components/inspector/checkpoint-words';
import { GlobalVerdictMark } from '@/components/inspector/global-verdict';
import { SearchableList } from '@/components/inspector/searchable-list';
import { useRowHeight } from '@/components/ui/use-row-height';
import type { GlobalGroup } from '@/lib/engines/model-files/checkpoint/describe-global';
import type { CheckpointReport } from '@/lib/engines/model-files/checkpoint/inspect-checkpoint';

type NamedGlobal = Pick<GlobalGroup, 'meaning' | 'verdict'> & { readonly name: string };

/** Every name the pickle asks for, with what it means and what to think of it. */
export function PicklePanel({ report }: { readonly report: CheckpointReport }) {
  const { globals, foreignInstructions } = report;
  const rows = useMemo(
    () => globals.flatMap(({ names, meaning, verdict }) => names.map((name) => ({ name, meaning, verdict }))),
    [globals],
  );
  const rowHeight = useRowHeight() + 22;
  return (
    <>
      <div className="grid gap-1 border-b px-4 py-2.5 text-xs">
        <p className="font-medium text-strong">{verdictSentence(globals)}.</p>
        <p className="text-muted">
          A checkpoint is a program that puts a network together. PyTorch runs it, with these names as its words; here
          it is only read.
        </p>
        {foreignInstructions.length > 0 && (
          <p className="text-bad">
            It also uses instructions that no checkpoint needs: {foreignInstructions.slice(0, 8).join(', ')}.
          </p>
        )}
      </div>
      <SearchableList what="names" rows={rows} rowHeight={rowHeight} keyOf={nameOf} textOf={textOf} draw={draw} />
    </>
  );
}

function nameOf({ name, meaning }: NamedGlobal): string {
  return `${name} ${meaning}`;
}

function textOf({ name, meaning, verdict }: NamedGlobal): string {
  return `${name} ${meaning} ${verdict}`;
}

function draw({ name, meaning, verdict }: NamedGlobal) {
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)_auto] content-center items-center gap-x-3 px-4">
      <span className="truncate font-mono text-strong text-xs max-sm:text-2xs" title={name}>
        {name}
      </span>
      <GlobalVerdictMark verdict={verdict} className="row-span-2" />
      <span className="truncate text-2xs text-muted" title={meaning}>
        {meaning}
      </span>
    </div>
  );
}
