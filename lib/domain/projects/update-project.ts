import { notFound } from '@/lib/core/errors';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import type { ActivityAction } from '@/lib/domain/activity/schema';
import { type Context, requireScope } from '@/lib/domain/context';
import { getProject } from '@/lib/domain/projects/get-project';
import { lockProject, type ProjectRow, updateProjectRow } from '@/lib/domain/projects/repository';
import type { Project, UpdateProjectInput } from '@/lib/domain/projects/schema';

/** Changes name, description or visibility. The slug stays, because addresses in scripts name it. Throws `NOT_FOUND`. */
export async function updateProject(context: Context, id: string, changes: UpdateProjectInput): Promise<Project> {
  requireScope(context, 'projects');
  const { db, workspaceId, now } = context;
  await db.transaction(async (transaction) => {
    const before = await lockProject(transaction, workspaceId, id);
    if (before === null) throw notFound('Project');
    await updateProjectRow(transaction, id, { ...changes, updatedAt: now() });
    await recordActivity(context, transaction, {
      action: updateAction(before, changes),
      resource: { type: 'project', id, name: changes.name ?? before.name },
      message: updateMessage(before, changes),
      details: { before: pick(before, changes), after: changes },
    });
  });
  return getProject(context, id);
}

function updateAction(before: ProjectRow, { visibility }: UpdateProjectInput): ActivityAction {
  if (visibility === undefined || visibility === before.visibility) return 'updated';
  return visibility === 'public' ? 'shared' : 'unshared';
}

function updateMessage(before: ProjectRow, changes: UpdateProjectInput): string {
  if (changes.visibility !== undefined && changes.visibility !== before.visibility) {
    return `Made project ${before.name} ${changes.visibility}`;
  }
  if (changes.name !== undefined && changes.name !== before.name)
    return `Renamed project ${before.name} to ${changes.name}`;
  return `Updated project ${before.name}`;
}

function pick(before: ProjectRow, changes: UpdateProjectInput): Record<string, unknown> {
  const { name, description, visibility } = before;
  const old: Record<string, unknown> = { name, description, visibility };
  return Object.fromEntries(Object.keys(changes).map((key) => [key, old[key]]));
}
