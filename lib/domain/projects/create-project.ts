import { newId } from '@/lib/core/ids';
import { slugOf } from '@/lib/core/slug';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { type Context, requireScope } from '@/lib/domain/context';
import { freeProjectSlug } from '@/lib/domain/projects/free-project-slug';
import { getProject } from '@/lib/domain/projects/get-project';
import { insertProject } from '@/lib/domain/projects/repository';
import type { CreateProjectInput, Project } from '@/lib/domain/projects/schema';
import { retryTakenSlug } from '@/lib/domain/retry-taken-slug';

/** Makes an empty project. Its slug comes from its name; a taken one gets a number. */
export async function createProject(context: Context, input: CreateProjectInput): Promise<Project> {
  requireScope(context, 'projects');
  const { db, workspaceId, now } = context;
  const id = newId('project');
  await retryTakenSlug('project', () =>
    db.transaction(async (transaction) => {
      const slug = await freeProjectSlug(transaction, workspaceId, slugOf(input.name, 'project'));
      const at = now();
      await insertProject(transaction, {
        id,
        workspaceId,
        slug,
        ...input,
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
      });
      await recordActivity(context, transaction, {
        action: 'created',
        resource: { type: 'project', id, name: input.name },
        message: `Created project ${input.name}`,
      });
    }),
  );
  return getProject(context, id);
}
