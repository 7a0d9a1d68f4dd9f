'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ActionMark } from '@/components/activity/action-mark';
import { eventLink } from '@/components/activity/event-link';
import { buttonClass } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { RequestFault } from '@/components/ui/request-fault';
import { Section } from '@/components/ui/section';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { apiQuery } from '@/lib/client/query-keys';
import { listActivityOperation } from '@/lib/http/operations/activity';

const shownEvents = 8;

/** The last things that were done here. */
export function RecentActivity() {
  const events = useQuery({ ...apiQuery(listActivityOperation, { query: { limit: shownEvents } }), staleTime: 0 });
  return (
    <Section
      title="Recent activity"
      actions={
        <Link href="/activity" className={buttonClass('ghost', 'small')}>
          All activity
        </Link>
      }
    >
      {events.isPending && (
        <div className="p-4">
          <SkeletonRows count={5} height={36} label="Loading activity" />
        </div>
      )}
      {events.isError && (
        <RequestFault
          what="The activity could not be loaded"
          error={events.error}
          onRetry={() => void events.refetch()}
          className="m-4"
        />
      )}
      {events.data?.items.length === 0 && (
        <p className="px-4 py-8 text-center text-muted">Whatever you or your API keys change shows here.</p>
      )}
      <ul className="grid">
        {events.data?.items.map((event) => {
          const href = eventLink(event);
          return (
            <li key={event.id} className="flex min-w-0 items-center gap-3 border-b px-4 py-2 last:border-b-0">
              <ActionMark action={event.action} />
              <span className="min-w-0 flex-1 truncate text-body" title={event.message}>
                {href === null ? (
                  event.message
                ) : (
                  <Link href={href} className="underline-offset-2 hover:text-strong hover:underline">
                    {event.message}
                  </Link>
                )}
              </span>
              <RelativeTime at={event.createdAt} className="text-muted text-xs" />
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
