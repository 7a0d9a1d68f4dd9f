import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { freeSlug, slugOf } from '@/lib/core/slug';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { type Context, requireScope } from '@/lib/domain/context';
import { getProject } from '@/lib/domain/projects/get-project';
import { insertProject, takenProjectSlugs } from '@/lib/domain/projects/repository';
import type { CreateProjectInput, Project } from '@/lib/domain/projects/schema';

/** Others may take the slug between looking and writing; so many in a row is no accident any more. */
const maximumAttempts = 20;

/** Makes an empty project. Its slug comes from its name; a taken one gets a number. */
export async function createProject(context: Context, input: CreateProjectInput): Promise<Project> {
  requireScope(context, 'projects');
  const { db, workspaceId, now } = context;
  const id = newId('project');
  for (let attempt = 0; attempt < maximumAttempts; attempt++) {
    const isMade = await db.transaction(async (transaction) => {
      const wanted = slugOf(input.name, 'project');
      const slug = freeSlug(wanted, await takenProjectSlugs(transaction, workspaceId, wanted));
      const at = now();
      const row = { id, workspaceId, slug, ...input, createdAt: at, updatedAt: at, deletedAt: null };
      if (!(await insertProject(transaction, row))) return false;
      await recordActivity(context, transaction, {
        action: 'created',
        resource: { type: 'project', id, name: input.name },
        message: `Created project ${input.name}`,
      });
      return true;
    });
    if (isMade) return getProject(context, id);
  }
  throw new DomainError('CONFLICT', 'Many projects of this name are being created at once. Try again.');
}
