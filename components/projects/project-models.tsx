'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Box, Download, GitCompareArrows, LayoutGrid, List, Upload, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ColumnChooser } from '@/components/models/column-chooser';
import { maximumCompared } from '@/components/models/compare-models';
import { ModelCard } from '@/components/models/model-card';
import { columnsFromAddress, columnsToAddress, sortModels } from '@/components/models/model-columns';
import { ModelsComparison } from '@/components/models/models-comparison';
import { modelsCsv } from '@/components/models/models-csv';
import { ModelsTable } from '@/components/models/models-table';
import { addressOfOrder, orderFromAddress } from '@/components/models/table-order';
import { ProjectModelsToolbar } from '@/components/projects/project-models-toolbar';
import { downloadBlob } from '@/components/test/take-away/download-blob';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { parsedParams } from '@/components/ui/parsed-params';
import { RequestFault } from '@/components/ui/request-fault';
import { Segmented } from '@/components/ui/segmented';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { useOrigin } from '@/components/ui/use-origin';
import { useUrlParams } from '@/components/ui/use-url-params';
import { ModelFileButton } from '@/components/upload/model-file-button';
import { apiQuery } from '@/lib/client/query-keys';
import { listModelsQuery, type ModelSummary } from '@/lib/domain/models/schema';
import type { Project } from '@/lib/domain/projects/schema';
import { createModelOperation, listModelsOperation } from '@/lib/http/operations/models';
import { curlSnippet } from '@/lib/http/snippets/curl-snippet';

const views = [
  { value: 'table', label: 'Table', icon: List },
  { value: 'cards', label: 'Cards', icon: LayoutGrid },
] as const;

/** A table compares, so it shows as many at once as the API gives. */
const tableLimit = 100;

type ProjectModelsProps = { readonly project: Project; readonly onFiles: (files: readonly File[]) => void };

/** The models of a project: cards or a table to compare them by, all in the address. */
export function ProjectModels({ project, onFiles }: ProjectModelsProps) {
  const url = useUrlParams();
  const view = url.values.view === 'cards' ? 'cards' : 'table';
  const query = useMemo(() => {
    const parsed = parsedParams(listModelsQuery, url.values);
    return { ...parsed, projectId: project.id, limit: view === 'table' ? tableLimit : parsed.limit };
  }, [url.values, project.id, view]);
  const columns = useMemo(() => columnsFromAddress(url.values.columns), [url.values.columns]);
  const order = orderFromAddress(url.values.by);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const models = useQuery({
    ...apiQuery(listModelsOperation, { query }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const compared = url.values.compare?.split(',').slice(0, maximumCompared) ?? [];
  if (compared.length > 1) {
    return <ModelsComparison ids={compared} onClose={() => url.set({ compare: null })} />;
  }

  const isFiltered = query.search !== undefined || query.task !== undefined || query.status !== undefined;
  const items = models.data?.items ?? [];
  const sorted = view === 'table' ? sortModels(items, order.by, order.direction) : items;
  const chosen = sorted.filter(({ id }) => selected.has(id));

  if (models.data?.meta.total === 0 && !isFiltered) return <FirstModel project={project} onFiles={onFiles} />;
  return (
    <section aria-label={`Models of ${project.name}`} className="grid gap-3">
      <ProjectModelsToolbar
        query={query}
        showsOrder={view === 'cards'}
        onChange={(change, how) => url.set(change, how)}
      >
        {view === 'table' && (
          <>
            <ColumnChooser
              chosen={columns}
              onChange={(ids) => url.set({ columns: columnsToAddress(ids) }, 'replace')}
            />
            <Button
              disabled={items.length === 0}
              onClick={() => saveCsv(project, modelsCsv(chosen.length > 0 ? chosen : sorted, columns))}
            >
              <Download size={14} aria-hidden />
              CSV
            </Button>
          </>
        )}
        <Segmented
          label="View"
          value={view}
          options={views}
          onChange={(next) => url.set({ view: next === 'table' ? null : next, page: null })}
        />
      </ProjectModelsToolbar>
      {chosen.length > 0 && view === 'table' && (
        <SelectionBar
          chosen={chosen}
          onClear={() => setSelected(new Set())}
          onCompare={() => url.set({ compare: chosen.map(({ id }) => id).join() })}
        />
      )}
      {models.isPending && <SkeletonRows count={5} height={36} label="Loading models" />}
      {models.isError && (
        <RequestFault
          what="The models could not be loaded"
          error={models.error}
          onRetry={() => void models.refetch()}
        />
      )}
      {models.data && items.length === 0 && (
        <EmptyState
          icon={Box}
          title="No model fits"
          action={
            <Button onClick={() => url.set({ search: null, task: null, status: null, page: null })}>Show all</Button>
          }
        >
          Nothing in {project.name} matches this search and filter on this page.
        </EmptyState>
      )}
      {items.length > 0 && view === 'table' && (
        <ModelsTable
          models={sorted}
          columns={columns}
          order={order}
          onOrder={(next) => url.set({ by: addressOfOrder(next) }, 'replace')}
          selected={selected}
          onSelect={setSelected}
        />
      )}
      {items.length > 0 && view === 'cards' && (
        <ul aria-label="Models" className="grid grid-cols-[repeat(auto-fill,minmax(min(300px,100%),1fr))] gap-3">
          {items.map((model) => (
            <li key={model.id} className="grid min-w-0">
              <ModelCard model={model} />
            </li>
          ))}
        </ul>
      )}
      {models.data && (
        <Pager {...models.data.meta} noun="models" onPage={(page) => url.set({ page: page === 1 ? null : page })} />
      )}
    </section>
  );
}

type SelectionBarProps = {
  readonly chosen: readonly ModelSummary[];
  readonly onClear: () => void;
  readonly onCompare: () => void;
};

function SelectionBar({ chosen, onClear, onCompare }: SelectionBarProps) {
  const reason =
    chosen.length < 2
      ? 'Select another model to compare'
      : chosen.length > maximumCompared
        ? `At most ${maximumCompared} models stand side by side`
        : null;
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-control bg-accent-soft py-1.5 pr-1.5 pl-3 text-strong text-xs">
      <span role="status">{chosen.length} selected</span>
      <Button size="small" disabled={reason !== null} onClick={onCompare}>
        <GitCompareArrows size={13} aria-hidden />
        Compare
      </Button>
      {reason && <span className="text-muted">{reason}</span>}
      <Button variant="ghost" size="icon-small" aria-label="Clear the selection" className="ml-auto" onClick={onClear}>
        <X size={13} aria-hidden />
      </Button>
    </div>
  );
}

function FirstModel({ project, onFiles }: ProjectModelsProps) {
  const origin = useOrigin();
  const command = curlSnippet(createModelOperation, {
    origin,
    body: { projectId: project.id },
    file: 'best.onnx',
  });
  return (
    <EmptyState
      icon={Upload}
      title="Drop a model here"
      action={
        <ModelFileButton variant="primary" label="Model files" onFiles={onFiles}>
          <Upload size={14} aria-hidden />
          Choose model files
        </ModelFileButton>
      }
      command={command}
    >
      Any YOLO from v5u to v12 and 26, as .pt or .onnx: what it sees and how large it is are read from the file. A .pt
      is converted to ONNX here and runs as that; both files are kept.
    </EmptyState>
  );
}

function saveCsv(project: Project, text: string): void {
  downloadBlob(new Blob([text], { type: 'text/csv;charset=utf-8' }), `${project.slug}-models.csv`);
}
