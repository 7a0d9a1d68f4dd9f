import type { Page } from '@/lib/core/page';
import { type Context, requireScope } from '@/lib/domain/context';
import { presentModelSummary } from '@/lib/domain/models/present-model';
import { listModelViews } from '@/lib/domain/models/repository';
import type { ListModelsQuery, ModelSummary } from '@/lib/domain/models/schema';

/** One page of the workspace's models. */
export async function listModels(context: Context, query: ListModelsQuery): Promise<Page<ModelSummary>> {
  requireScope(context, 'models:read');
  const { rows, total } = await listModelViews(context.db, context.workspaceId, query);
  return { items: rows.map(presentModelSummary), meta: { page: query.page, limit: query.limit, total } };
}
