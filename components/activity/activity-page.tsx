'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Activity, Archive, Inbox } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ActivityFilters } from '@/components/activity/activity-filters';
import { collectEventIds } from '@/components/activity/collect-event-ids';
import { rangeFromAddress } from '@/components/activity/date-range';
import { restorable } from '@/components/activity/event-link';
import { EventRow } from '@/components/activity/event-row';
import { ExportMenu } from '@/components/activity/export-menu';
import { useActivityMarks } from '@/components/activity/use-activity-marks';
import { useSeenOnView } from '@/components/activity/use-seen-on-view';
import { PageHeader } from '@/components/frame/page-header';
import { type Restorable, restoreItem } from '@/components/trash/restore-item';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkTabs } from '@/components/ui/link-tabs';
import { PageBody } from '@/components/ui/page-body';
import { Pager } from '@/components/ui/pager';
import { parsedParams } from '@/components/ui/parsed-params';
import { RequestFault } from '@/components/ui/request-fault';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { useUrlParams } from '@/components/ui/use-url-params';
import { apiQuery } from '@/lib/client/query-keys';
import { type ActivityEvent, listActivityQuery } from '@/lib/domain/activity/schema';
import { listActivityOperation } from '@/lib/http/operations/activity';

const noEvents: readonly ActivityEvent[] = [];

/** Everything that was done in the workspace: an inbox, an archive, searched and filtered, all in the address. */
export function ActivityPage() {
  const url = useUrlParams();
  const queries = useQueryClient();
  const [openedAt] = useState(() => new Date());
  const range = useMemo(() => rangeFromAddress(url.values, openedAt), [url.values, openedAt]);
  const query = useMemo(
    () => ({
      ...parsedParams(listActivityQuery, url.values),
      startDate: range.startDate,
      endDate: range.endDate,
    }),
    [url.values, range],
  );
  const { box } = query;
  const events = useQuery({
    ...apiQuery(listActivityOperation, { query }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const items = events.data?.items ?? noEvents;
  const fresh = useSeenOnView(box === 'inbox' ? items : noEvents);
  const move = useActivityMarks();
  const restore = useMutation({ mutationFn: (item: Restorable) => restoreItem(queries, item) });
  const [isAsking, setAsking] = useState(false);
  const isFiltered = query.search !== undefined || query.resourceType !== undefined || range.name !== '30';

  /** Everything that fits the filter, as long as one undo can bring it back; more is asked for first. */
  const archiveAll = useMutation({
    mutationFn: () => collectEventIds(query),
    onSuccess(eventIds) {
      if (eventIds === null) setAsking(true);
      // Another tab may have archived them in the meantime.
      else if (eventIds.length === 0) void events.refetch();
      else move.mutate({ to: 'archive', selection: { eventIds }, words: countWords(eventIds.length) });
    },
  });
  const isMoving = archiveAll.isPending || move.isPending;

  const other = box === 'inbox' ? 'archive' : 'inbox';

  return (
    <>
      <PageHeader title="Activity">
        <ExportMenu query={query} />
        {box === 'inbox' && (
          <Button disabled={items.length === 0 || isMoving} onClick={() => archiveAll.mutate()}>
            <Archive size={14} aria-hidden />
            <span className="max-sm:sr-only">{isMoving ? 'Archiving…' : 'Archive all'}</span>
          </Button>
        )}
      </PageHeader>
      <LinkTabs
        label="Boxes"
        selected={box}
        tabs={[
          { id: 'inbox', label: 'Inbox', href: url.href({ box: null, page: null }) },
          { id: 'archive', label: 'Archive', href: url.href({ box: 'archive', page: null }) },
        ]}
      />
      <PageBody>
        <ActivityFilters query={query} range={range} onChange={url.set} />
        {archiveAll.isError && <RequestFault what="The events could not be archived" error={archiveAll.error} />}
        {move.isError && <RequestFault what="The events could not be moved" error={move.error} />}
        {restore.isError && <RequestFault what="It could not be restored" error={restore.error} />}
        {events.isPending && <SkeletonRows count={8} height={48} label="Loading activity" />}
        {events.isError && (
          <RequestFault
            what="The activity could not be loaded"
            error={events.error}
            onRetry={() => void events.refetch()}
          />
        )}
        {events.data && items.length === 0 && (
          <EmptyState
            icon={box === 'inbox' ? Inbox : Activity}
            title={isFiltered ? 'Nothing fits' : box === 'inbox' ? 'The inbox is empty' : 'The archive is empty'}
            action={
              isFiltered && (
                <Button
                  onClick={() =>
                    url.set({ search: null, resourceType: null, range: 'all', from: null, to: null, page: null })
                  }
                >
                  Show all
                </Button>
              )
            }
          >
            {box === 'inbox'
              ? 'Whatever you or your API keys change shows here: projects, models, keys, settings.'
              : 'Events you archive wait here; nothing is deleted by archiving it.'}
          </EmptyState>
        )}
        {items.length > 0 && (
          <ul aria-label={box === 'inbox' ? 'Inbox' : 'Archive'} className="overflow-hidden rounded-panel border">
            {items.map((event) => (
              <EventRow
                key={event.id}
                event={event}
                isNew={fresh.has(event.id)}
                onMove={() => move.mutate({ to: other, selection: { eventIds: [event.id] }, words: 'Event' })}
                onRestore={() => {
                  const item = restorable(event);
                  if (item) restore.mutate(item);
                }}
              />
            ))}
          </ul>
        )}
        {events.data && (
          <Pager
            {...events.data.meta}
            noun="events"
            onPage={(page) => url.set({ page: page === 1 ? null : page })}
            onLimit={(limit) => url.set({ limit: limit === 20 ? null : limit, page: null })}
          />
        )}
      </PageBody>
      {isAsking && (
        <ConfirmDialog
          title="Archive the whole inbox?"
          action="Archive everything"
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            move.mutate({ to: 'archive', selection: { all: true }, words: 'Every event' });
          }}
        >
          <p>
            There are more events than can be brought back with one undo, so every event of the inbox moves, also those
            this filter leaves out. Nothing is deleted: each can be moved back from the archive.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function countWords(count: number): string {
  return count === 1 ? '1 event' : `${count} events`;
}
