import { csvLine } from '@/lib/core/csv-line';
import type { Inbox } from '@/lib/domain/activity/box-parts';
import { eventFilter } from '@/lib/domain/activity/event-filter';
import { presentEvent } from '@/lib/domain/activity/present-event';
import { type EventRow, findInbox, selectEvents } from '@/lib/domain/activity/repository';
import type { ActivityEvent, ExportActivityQuery } from '@/lib/domain/activity/schema';
import { actingUserId, type Context, requireScope } from '@/lib/domain/context';

/** Rows fetched at once: enough to be quick, little enough to hold in memory. */
const batchSize = 1000;

const columns = ['time', 'event', 'resource_type', 'resource', 'resource_id', 'message', 'user', 'seen', 'event_id'];

/**
 * The whole filtered set, newest first, as text in pieces. The first rows are read before this returns, so that what fails at
 * once fails here; events that happen meanwhile are newer and not in it.
 */
export async function exportActivity(context: Context, query: ExportActivityQuery): Promise<AsyncIterable<string>> {
  requireScope(context, 'activity:read');
  const inbox = await findInbox(context.db, context.workspaceId, actingUserId(context));
  const first = await selectEvents(context.db, inbox, eventFilter(query), { limit: batchSize });
  const batches = eventBatches(context, inbox, query, first);
  return query.format === 'csv' ? csvPieces(batches) : jsonPieces(batches);
}

async function* eventBatches(
  { db }: Context,
  inbox: Inbox,
  query: ExportActivityQuery,
  first: readonly EventRow[],
): AsyncGenerator<ActivityEvent[]> {
  const filter = eventFilter(query);
  let rows = first;
  while (rows.length > 0) {
    yield rows.map((row) => presentEvent(row, inbox, query.box));
    if (rows.length < batchSize) return;
    rows = await selectEvents(db, inbox, filter, { limit: batchSize, after: rows.at(-1) });
  }
}

async function* csvPieces(batches: AsyncIterable<readonly ActivityEvent[]>): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const events of batches) yield events.map((event) => csvLine(csvFields(event))).join('');
}

function csvFields(event: ActivityEvent): string[] {
  const { createdAt, action, resourceType, resourceName, resourceId, message, user, seen, id } = event;
  return [createdAt, action, resourceType, resourceName, resourceId, message, user?.email ?? '', String(seen), id];
}

async function* jsonPieces(batches: AsyncIterable<readonly ActivityEvent[]>): AsyncGenerator<string> {
  let separator = '[\n';
  for await (const events of batches) {
    for (const event of events) {
      yield separator + JSON.stringify(event);
      separator = ',\n';
    }
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}
