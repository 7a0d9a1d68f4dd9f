import { and, eq, isNull, or } from 'drizzle-orm';
import { modelFiles, models } from '@/lib/domain/models/tables';
import type { ModelReference } from '@/lib/domain/predictions/schema';
import { projects } from '@/lib/domain/projects/tables';
import { workspaces } from '@/lib/domain/workspaces/tables';
import type { Queryable } from '@/lib/platform/db/database';

/** A living model of the workspace with the file that predicts, which it may not have. Null when there is no such model. */
export async function findModelToRun(db: Queryable, workspaceId: string, reference: ModelReference) {
  const [row] = await db
    .select({
      id: models.id,
      name: models.name,
      slug: models.slug,
      status: models.status,
      statusReason: models.statusReason,
      task: models.task,
      sha256: modelFiles.sha256,
    })
    .from(models)
    .innerJoin(projects, eq(projects.id, models.projectId))
    .innerJoin(workspaces, eq(workspaces.id, models.workspaceId))
    .leftJoin(modelFiles, and(eq(modelFiles.modelId, models.id), runs()))
    .where(and(eq(models.workspaceId, workspaceId), isNull(models.deletedAt), named(reference)));
  return row ?? null;
}

/** What was made of a checkpoint, or an upload that is ONNX itself. */
function runs() {
  const isOnnx = and(eq(modelFiles.kind, 'weights'), eq(modelFiles.format, 'onnx'));
  return or(eq(modelFiles.kind, 'converted'), isOnnx);
}

function named(reference: ModelReference) {
  switch (reference.kind) {
    case 'id':
      return eq(models.id, reference.id);
    case 'address':
      return and(
        eq(workspaces.slug, reference.owner),
        eq(projects.slug, reference.project),
        eq(models.slug, reference.model),
      );
  }
}
