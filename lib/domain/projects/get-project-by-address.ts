import { notFound } from '@/lib/core/errors';
import { type Context, requireScope } from '@/lib/domain/context';
import { getProject } from '@/lib/domain/projects/get-project';
import { findProjectId } from '@/lib/domain/projects/repository';
import type { Project } from '@/lib/domain/projects/schema';

/** A living project of the workspace by the words of its address, /owner/project. Throws `NOT_FOUND`. */
export async function getProjectByAddress(
  context: Context,
  address: { readonly owner: string; readonly slug: string },
): Promise<Project> {
  requireScope(context, 'projects:read');
  const id = await findProjectId(context.db, context.workspaceId, address);
  if (id === null) throw notFound('Project');
  return getProject(context, id);
}
