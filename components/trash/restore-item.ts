import type { Query, QueryClient } from '@tanstack/react-query';
import { callApi } from '@/lib/client/call-api';
import { tagKey } from '@/lib/client/query-keys';
import type { RestoredItem } from '@/lib/domain/trash/schema';
import { restoreItemOperation } from '@/lib/http/operations/trash';

/** What can lie in the trash. */
export type Restorable = { readonly id: string; readonly type: 'project' | 'model' };

/** Every list that shows or counts projects and models, here or in the trash. */
const changedTags = ['Projects', 'Models', 'Trash', 'Storage', 'Activity'];

/** Brings a thing back from the trash, and every list up to date. Throws an `ApiError` when the server refuses. */
export async function restoreItem(queries: QueryClient, { id, type }: Restorable): Promise<RestoredItem> {
  const restored = await callApi(restoreItemOperation, { body: { itemId: id, type } });
  await refreshTrashed(queries);
  return restored;
}

/** Asks anew for what changes when something goes to the trash, comes back or is deleted for good. */
export async function refreshTrashed(
  queries: QueryClient,
  isWanted: (query: Query) => boolean = () => true,
): Promise<void> {
  await Promise.all(
    changedTags.map((tag) => queries.invalidateQueries({ queryKey: tagKey(tag), predicate: isWanted })),
  );
}
