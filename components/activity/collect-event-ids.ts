import { callApi } from '@/lib/client/call-api';
import type { ListActivityQuery } from '@/lib/domain/activity/schema';
import { listActivityOperation } from '@/lib/http/operations/activity';

/** As many as one call may move. */
const mostMoved = 1000;
const pageLimit = 100;

/** The ids of all events that fit a filter, on whichever page they are; null when there are more than one call may move. */
export async function collectEventIds(
  query: ListActivityQuery,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<string[] | null> {
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const { items, meta } = await callApi(listActivityOperation, {
      query: { ...query, page, limit: pageLimit },
      fetch,
    });
    if (meta.total > mostMoved) return null;
    ids.push(...items.map(({ id }) => id));
    if (items.length < pageLimit || ids.length >= meta.total) return ids;
  }
}
