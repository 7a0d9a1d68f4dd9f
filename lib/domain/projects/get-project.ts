import { notFound } from '@/lib/core/errors';
import { type Context, requireScope } from '@/lib/domain/context';
import { presentProject } from '@/lib/domain/projects/present-project';
import { findProjectView } from '@/lib/domain/projects/repository';
import type { Project } from '@/lib/domain/projects/schema';

/** A living project of the workspace. Throws `NOT_FOUND`. */
export async function getProject(context: Context, id: string): Promise<Project> {
  requireScope(context, 'projects:read');
  const row = await findProjectView(context.db, context.workspaceId, id);
  if (row === null) throw notFound('Project');
  return presentProject(row);
}
