'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { callApi } from '@/lib/client/call-api';
import { tagKey } from '@/lib/client/query-keys';
import type { ActivityEvent } from '@/lib/domain/activity/schema';
import { countUnseenActivityOperation, markActivitySeenOperation } from '@/lib/http/operations/activity';

/** An event counts as seen when it was on the screen for so long. */
const lookMilliseconds = 1500;

/**
 * Marks the events on the page as seen once they were looked at, and gives the ids of those that were new when the page opened:
 * they stay highlighted until it is left.
 */
export function useSeenOnView(events: readonly ActivityEvent[]): ReadonlySet<string> {
  const queries = useQueryClient();
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const unseen = events.filter(({ seen }) => !seen).map(({ id }) => id);
  const unseenKey = unseen.join();

  // Tells the server what was looked at, after a moment in which the page was visible; leaving earlier takes that back.
  useEffect(() => {
    if (unseenKey === '') return;
    const eventIds = unseenKey.split(',');
    setFresh((before) => new Set([...before, ...eventIds]));
    const timer = setTimeout(() => {
      if (document.visibilityState !== 'visible') return;
      void callApi(markActivitySeenOperation, { body: { eventIds } })
        // Only the count changes at once: the list keeps its highlights until it is opened again.
        .then(() => queries.invalidateQueries({ queryKey: [...tagKey('Activity'), countUnseenActivityOperation.id] }))
        // A mark that is not set is set on the next visit.
        .catch(() => undefined);
    }, lookMilliseconds);
    return () => clearTimeout(timer);
  }, [unseenKey, queries]);

  return fresh;
}
