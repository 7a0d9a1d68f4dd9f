'use client';

import { useMemo } from 'react';
import { NamedValues } from '@/components/inspector/named-values';
import { ResultsPlotFigure } from '@/components/inspector/results-plot';
import { formatValue, resultsPlots } from '@/components/inspector/results-series';
import { ScrollBox } from '@/components/ui/scroll-box';
import type { CheckpointContents } from '@/lib/engines/model-files/checkpoint/describe-contents';
import type { JsonRecord } from '@/lib/engines/model-files/checkpoint/json-of-value';

/** How a training went and how it was set. */
export function TrainingPanel({ contents }: { readonly contents: CheckpointContents }) {
  const { results, metrics, trainingArguments } = contents;
  const plots = useMemo(() => resultsPlots(results), [results]);
  const rows = useMemo(
    () => Object.entries(trainingArguments).map(([name, value]) => ({ name, value: jsonWords(value) })),
    [trainingArguments],
  );
  // The losses are in the plots.
  const measures = Object.entries(metrics).filter(([name, value]) => typeof value === 'number' && !/^val\//.test(name));
  return (
    <>
      {(plots.length > 0 || measures.length > 0) && (
        <ScrollBox label="Results of the training" className="max-h-[58%] shrink-0 border-b">
          <div className="grid gap-3 p-4">
            {measures.length > 0 && (
              <dl className="flex flex-wrap gap-x-5 gap-y-1 text-xs">
                {measures.map(([name, value]) => (
                  <div key={name} className="flex gap-1.5">
                    <dt className="text-muted">{name.replace(/^metrics\//, '')}</dt>
                    <dd className="font-medium text-strong">{typeof value === 'number' && formatValue(value)}</dd>
                  </div>
                ))}
              </dl>
            )}
            {plots.length > 0 && (
              <div className="grid grid-cols-[repeat(auto-fill,minmax(132px,1fr))] gap-2">
                {plots.map((plot) => (
                  <ResultsPlotFigure key={plot.title} plot={plot} />
                ))}
              </div>
            )}
          </div>
        </ScrollBox>
      )}
      <NamedValues what="training arguments" rows={rows} />
    </>
  );
}

function jsonWords(value: JsonRecord[string]): string {
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
