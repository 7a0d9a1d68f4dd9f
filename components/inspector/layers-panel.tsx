'use client';

import { SearchableList } from '@/components/inspector/searchable-list';
import { formatCount } from '@/components/ui/format';
import { useRowHeight } from '@/components/ui/use-row-height';
import type { CheckpointContents } from '@/lib/engines/model-files/checkpoint/describe-contents';

type LayerSummary = CheckpointContents['layers'][number];

/** The lines of the network, in the order in which they run. */
export function LayersPanel({ layers }: { readonly layers: readonly LayerSummary[] }) {
  const rowHeight = useRowHeight() + 4;
  return <SearchableList what="layers" rows={layers} rowHeight={rowHeight} keyOf={keyOf} textOf={textOf} draw={draw} />;
}

function keyOf({ index, className }: LayerSummary): string {
  return `${index} ${className}`;
}

function textOf({ index, className }: LayerSummary): string {
  return `${index} ${className}`;
}

function draw({ index, className, from, parameterCount }: LayerSummary) {
  return (
    <div className="grid h-full grid-cols-[2rem_minmax(0,1fr)_auto_4.5rem] items-center gap-3 px-4 text-xs">
      <span className="text-right text-muted">{index}</span>
      <span className="truncate font-mono text-strong">{className}</span>
      <span className="truncate text-2xs text-muted">{fromWords(index, from)}</span>
      <span className="text-right text-body">{formatCount(parameterCount)}</span>
    </div>
  );
}

/** That a layer takes the one before goes without saying. Negative numbers count back from the layer. */
function fromWords(index: number, from: readonly number[]): string {
  if (from.length === 1 && from[0] === -1) return '';
  return `from ${from.map((source) => (source < 0 ? index + source : source)).join(', ')}`;
}
