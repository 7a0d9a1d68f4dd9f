'use client';

import { useQueries } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { type ComparedFact, compareModels } from '@/components/models/compare-models';
import { modelPath } from '@/components/models/model-path';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { RequestFault } from '@/components/ui/request-fault';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { Switch } from '@/components/ui/switch';
import { HeadCell, Table } from '@/components/ui/table';
import { apiQuery } from '@/lib/client/query-keys';
import { getModelOperation } from '@/lib/http/operations/models';

type ModelsComparisonProps = { readonly ids: readonly string[]; readonly onClose: () => void };

/** Models side by side: only what differs, or everything. */
export function ModelsComparison({ ids, onClose }: ModelsComparisonProps) {
  const [onlyDifferences, setOnlyDifferences] = useState(true);
  const answers = useQueries({
    queries: ids.map((modelId) => ({ ...apiQuery(getModelOperation, { params: { modelId } }), staleTime: 30_000 })),
  });
  const failed = answers.find(({ isError }) => isError);
  const models = answers.flatMap(({ data }) => (data ? [data] : []));
  const isLoaded = models.length === ids.length;
  const facts = isLoaded ? compareModels(models).filter(({ differs }) => differs || !onlyDifferences) : [];

  return (
    <section aria-label="Comparison" className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="ghost" onClick={onClose}>
          <ArrowLeft size={14} aria-hidden />
          All models
        </Button>
        <div className="ml-auto">
          <Switch label="Only what differs" checked={onlyDifferences} onChange={setOnlyDifferences} />
        </div>
      </div>
      {failed && (
        <RequestFault
          what="A model could not be loaded"
          error={failed.error}
          onRetry={() => {
            for (const answer of answers) if (answer.isError) void answer.refetch();
          }}
        />
      )}
      {!isLoaded && !failed && <SkeletonRows count={6} height={32} label="Loading the models" />}
      {isLoaded && (
        <Table label="Compared models">
          <thead>
            <tr>
              <HeadCell className="left-0 z-20 w-40">Fact</HeadCell>
              {models.map((model) => (
                <HeadCell key={model.id} className="max-w-64">
                  <Link
                    href={modelPath(model)}
                    className="block truncate font-semibold text-strong underline-offset-2 hover:underline"
                  >
                    {model.name}
                  </Link>
                </HeadCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {facts.map((fact) => (
              <FactRow key={`${fact.group} ${fact.label}`} fact={fact} ids={ids} />
            ))}
            {facts.length === 0 && (
              <tr>
                <td colSpan={models.length + 1} className="p-6 text-center text-muted">
                  These models are alike in everything that is known about them.
                </td>
              </tr>
            )}
          </tbody>
        </Table>
      )}
    </section>
  );
}

function FactRow({ fact, ids }: { readonly fact: ComparedFact; readonly ids: readonly string[] }) {
  const { label, group, texts, differs } = fact;
  return (
    <tr className="border-b align-top last:border-b-0">
      <th
        scope="row"
        className="sticky left-0 z-10 max-w-48 break-words bg-base px-3 py-2 text-left font-normal text-muted"
      >
        {group === 'metadata' ? <span className="font-mono">{label}</span> : label}
      </th>
      {texts.map((text, index) => (
        <td
          key={ids[index]}
          className={classNames(
            'max-w-80 break-words px-3 py-2',
            differs ? 'font-medium text-strong' : 'text-body',
            group === 'metadata' && 'font-mono font-normal',
          )}
        >
          <span className="line-clamp-4" title={text.length > 120 ? text : undefined}>
            {text}
          </span>
        </td>
      ))}
    </tr>
  );
}
