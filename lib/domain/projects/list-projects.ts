import type { Page } from '@/lib/core/page';
import { type Context, requireScope } from '@/lib/domain/context';
import { presentProject } from '@/lib/domain/projects/present-project';
import { listProjectViews } from '@/lib/domain/projects/repository';
import type { ListProjectsQuery, Project } from '@/lib/domain/projects/schema';

/** One page of the workspace's projects. */
export async function listProjects(context: Context, query: ListProjectsQuery): Promise<Page<Project>> {
  requireScope(context, 'projects:read');
  const { rows, total } = await listProjectViews(context.db, context.workspaceId, query);
  return { items: rows.map(presentProject), meta: { page: query.page, limit: query.limit, total } };
}
