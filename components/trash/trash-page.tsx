'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { PageHeader } from '@/components/frame/page-header';
import { TrashMap } from '@/components/trash/trash-map';
import { TrashTable } from '@/components/trash/trash-table';
import { freedWords, useTrashActions } from '@/components/trash/use-trash-actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { formatBytes } from '@/components/ui/format';
import { PageBody } from '@/components/ui/page-body';
import { Pager } from '@/components/ui/pager';
import { parsedParams } from '@/components/ui/parsed-params';
import { RequestFault } from '@/components/ui/request-fault';
import { SearchField } from '@/components/ui/search-field';
import { Select } from '@/components/ui/select';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { useUrlParams } from '@/components/ui/use-url-params';
import { apiQuery } from '@/lib/client/query-keys';
import { listTrashQuery, retentionDays, type TrashItem } from '@/lib/domain/trash/schema';
import { listTrashOperation } from '@/lib/http/operations/trash';

const types = [
  { value: 'all', label: 'Everything' },
  { value: 'project', label: 'Projects' },
  { value: 'model', label: 'Models' },
] as const;

type Asking = { readonly kind: 'delete'; readonly item: TrashItem } | { readonly kind: 'empty' } | null;

/** What was deleted and can still be brought back: how large, how long still. */
export function TrashPage() {
  const url = useUrlParams();
  const query = useMemo(() => parsedParams(listTrashQuery, url.values), [url.values]);
  const trash = useQuery({
    ...apiQuery(listTrashOperation, { query }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const { restore, remove, empty } = useTrashActions();
  const [asking, setAsking] = useState<Asking>(null);
  const items = trash.data?.items ?? [];
  const isFiltered = query.search !== undefined || query.type !== undefined;
  const freed = empty.data ?? remove.data;
  /** What an earlier deletion freed, or why it failed, is no word on the next. */
  const ask = (next: Asking) => {
    remove.reset();
    empty.reset();
    setAsking(next);
  };
  const close = () => setAsking(null);

  return (
    <>
      <PageHeader title="Trash">
        <Button disabled={trash.data?.meta.total === 0 && !isFiltered} onClick={() => ask({ kind: 'empty' })}>
          <Trash2 size={14} aria-hidden />
          <span className="max-sm:sr-only">Empty the trash</span>
        </Button>
      </PageHeader>
      <PageBody>
        <p className="text-muted text-xs">
          What lies here is deleted for good after {retentionDays} days. Until then it counts as used storage.
        </p>
        {(items.length > 0 || isFiltered) && (
          <search className="flex flex-wrap items-center gap-2">
            <SearchField
              label="Search the trash"
              value={query.search ?? ''}
              onSearch={(search) => url.set({ search, page: null }, 'replace')}
              className="w-64 max-sm:w-full"
            />
            <Select
              label="Kind of thing"
              value={query.type ?? 'all'}
              options={types}
              onChange={(type) => url.set({ type: type === 'all' ? null : type, page: null })}
            />
          </search>
        )}
        {restore.isError && <RequestFault what="It could not be restored" error={restore.error} />}
        {freed && asking === null && (
          <p role="status" className="text-good text-xs">
            {freedWords(freed)}
          </p>
        )}
        {trash.isPending && <SkeletonRows count={4} height={44} label="Loading the trash" />}
        {trash.isError && (
          <RequestFault what="The trash could not be loaded" error={trash.error} onRetry={() => void trash.refetch()} />
        )}
        {trash.data && items.length === 0 && (
          <EmptyState
            icon={Trash2}
            title={isFiltered ? 'Nothing fits' : 'The trash is empty'}
            action={
              isFiltered && (
                <Button onClick={() => url.set({ search: null, type: null, page: null })}>Show everything</Button>
              )
            }
          >
            Projects and models you delete wait here for {retentionDays} days, and can be brought back with everything
            in them.
          </EmptyState>
        )}
        {items.length > 0 && (
          <>
            <TrashMap items={items} />
            <TrashTable
              items={items}
              isBusy={restore.isPending || remove.isPending}
              onRestore={(item) => restore.mutate(item)}
              onDelete={(item) => ask({ kind: 'delete', item })}
            />
          </>
        )}
        {trash.data && (
          <Pager {...trash.data.meta} noun="items" onPage={(page) => url.set({ page: page === 1 ? null : page })} />
        )}
      </PageBody>
      {asking?.kind === 'delete' && (
        <ConfirmDialog
          title={`Delete ${asking.item.name} for good?`}
          action="Delete for good"
          tone="danger"
          isBusy={remove.isPending}
          fault={remove.isError && <RequestFault what="It could not be deleted" error={remove.error} />}
          onClose={close}
          onConfirm={() => remove.mutate(asking.item, { onSuccess: close })}
        >
          <p>
            {asking.item.type === 'project' && asking.item.modelCount > 0
              ? `The project and its ${asking.item.modelCount} models`
              : `The ${asking.item.type}`}{' '}
            cannot be brought back. {formatBytes(asking.item.sizeBytes)} become free.
          </p>
        </ConfirmDialog>
      )}
      {asking?.kind === 'empty' && (
        <ConfirmDialog
          title="Empty the trash?"
          action="Delete everything for good"
          tone="danger"
          word="empty"
          isBusy={empty.isPending}
          fault={empty.isError && <RequestFault what="The trash could not be emptied" error={empty.error} />}
          onClose={close}
          onConfirm={() => empty.mutate(undefined, { onSuccess: close })}
        >
          <p>Everything in the trash is deleted at once, also what a search leaves out. It cannot be brought back.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
