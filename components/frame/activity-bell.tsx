'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import Link from 'next/link';
import { unseenWords } from '@/components/frame/unseen-words';
import { Button } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { Popover } from '@/components/ui/popover';
import { RelativeTime } from '@/components/ui/relative-time';
import { RequestFault } from '@/components/ui/request-fault';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { callApi } from '@/lib/client/call-api';
import { apiQuery, tagKey } from '@/lib/client/query-keys';
import type { ActivityEvent } from '@/lib/domain/activity/schema';
import {
  countUnseenActivityOperation,
  listActivityOperation,
  markActivitySeenOperation,
} from '@/lib/http/operations/activity';

/** How often the count is asked for while the page is looked at. */
const refreshMilliseconds = 60_000;
const latestEvents = 6;

/** What happened in the workspace: a mark when there is something unseen, the latest events on demand. */
export function ActivityBell() {
  const unseen = useQuery({
    ...apiQuery(countUnseenActivityOperation),
    staleTime: refreshMilliseconds / 2,
    refetchInterval: refreshMilliseconds,
    refetchOnWindowFocus: true,
  });
  // Where the count cannot be had, the bell rings no false alarm; the list says what is wrong.
  const count = unseen.data?.count ?? 0;
  const label = count === 0 ? 'Activity' : `Activity: ${unseenWords(count)} unseen`;
  return (
    <Popover
      label={label}
      panelLabel="Latest activity"
      tip={label}
      className="w-[min(360px,calc(100vw-16px))]"
      controlClass="relative grid size-7 place-items-center rounded-control text-body hover:bg-hover hover:text-strong touch:size-11"
      control={
        <>
          <Bell size={16} aria-hidden />
          {count > 0 && (
            <span
              aria-hidden
              className="absolute top-0 right-0 grid h-[14px] min-w-[14px] place-items-center rounded-full bg-accent px-[3px] font-semibold text-[9px] text-on-accent leading-none touch:top-1.5 touch:right-1.5"
            >
              {count > 99 ? '99+' : count}
            </span>
          )}
        </>
      }
    >
      {(close) => <LatestActivity hasUnseen={count > 0} onFollow={close} />}
    </Popover>
  );
}

function LatestActivity({ hasUnseen, onFollow }: { readonly hasUnseen: boolean; readonly onFollow: () => void }) {
  const queryClient = useQueryClient();
  const latest = useQuery({ ...apiQuery(listActivityOperation, { query: { limit: latestEvents } }), staleTime: 0 });
  const markSeen = useMutation({
    mutationFn: () => callApi(markActivitySeenOperation, { body: { all: true } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: tagKey(listActivityOperation.tag) }),
  });
  return (
    <div className="grid">
      <div className="flex h-10 items-center justify-between border-b pr-2 pl-3">
        <h2 className="font-semibold text-sm text-strong">Activity</h2>
        {hasUnseen && (
          <Button variant="ghost" size="small" disabled={markSeen.isPending} onClick={() => markSeen.mutate()}>
            Mark all as seen
          </Button>
        )}
      </div>
      {markSeen.isError && (
        <RequestFault what="The events could not be marked as seen" error={markSeen.error} className="m-2" />
      )}
      <LatestEvents events={latest.data?.items} error={latest.error} onRetry={() => void latest.refetch()} />
      <Link
        href="/activity"
        onClick={onFollow}
        className="flex h-9 items-center justify-center border-t font-medium text-accent-text hover:bg-hover touch:h-11"
      >
        All activity
      </Link>
    </div>
  );
}

type LatestEventsProps = {
  readonly events: readonly ActivityEvent[] | undefined;
  readonly error: Error | null;
  readonly onRetry: () => void;
};

function LatestEvents({ events, error, onRetry }: LatestEventsProps) {
  if (events === undefined && error !== null) {
    return <RequestFault what="The activity could not be loaded" error={error} onRetry={onRetry} className="m-2" />;
  }
  if (events === undefined) {
    return (
      <div className="p-3">
        <SkeletonRows count={4} height={30} label="Loading the latest activity" />
      </div>
    );
  }
  if (events.length === 0) {
    return (
      <p className="px-3 py-6 text-center text-muted">
        Nothing yet. Every change to your projects and models shows here.
      </p>
    );
  }
  return (
    <ul className="grid py-1">
      {events.map((event) => (
        <li key={event.id} className="grid grid-cols-[8px_minmax(0,1fr)] items-baseline gap-2 px-3 py-1.5">
          <span
            aria-hidden
            className={classNames('size-1.5 self-center rounded-full', event.seen ? 'bg-transparent' : 'bg-accent')}
          />
          <div className="grid min-w-0">
            <span className={classNames('break-words', event.seen ? 'text-body' : 'font-medium text-strong')}>
              {!event.seen && <span className="sr-only">Unseen: </span>}
              {event.message}
            </span>
            <RelativeTime at={event.createdAt} className="text-2xs text-muted" />
          </div>
        </li>
      ))}
    </ul>
  );
}
