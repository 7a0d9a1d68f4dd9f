import type { Page, PageQuery } from '@/lib/core/page';
import { presentApiKey } from '@/lib/domain/api-keys/present-api-key';
import { listKeyRows } from '@/lib/domain/api-keys/repository';
import type { ApiKey } from '@/lib/domain/api-keys/schema';
import { type Context, requireScope } from '@/lib/domain/context';

/** One page of the workspace's keys, expired ones among them, revoked ones not. */
export async function listApiKeys(context: Context, query: PageQuery): Promise<Page<ApiKey>> {
  requireScope(context, 'keys:read');
  const { rows, total } = await listKeyRows(context.db, context.workspaceId, query);
  const now = context.now();
  return {
    items: rows.map((row) => presentApiKey(row, now)),
    meta: { page: query.page, limit: query.limit, total },
  };
}
