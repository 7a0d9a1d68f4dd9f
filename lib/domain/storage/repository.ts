import { desc, eq, isNotNull, sql } from 'drizzle-orm';
import { modelFiles, models } from '@/lib/domain/models/tables';
import { projects } from '@/lib/domain/projects/tables';
import type { Queryable } from '@/lib/platform/db/database';

export type FileSum = { readonly sizeBytes: number; readonly fileCount: number };

/** All files of a workspace, outside the trash and in it. */
export async function sumFiles(db: Queryable, workspaceId: string): Promise<{ living: FileSum; trashed: FileSum }> {
  const rows = await db
    .select({
      isTrashed: isNotNull(models.deletedAt).mapWith(Boolean),
      sizeBytes: sql`coalesce(sum(${modelFiles.sizeBytes}), 0)`.mapWith(Number),
      fileCount: sql`count(*)`.mapWith(Number),
    })
    .from(modelFiles)
    .innerJoin(models, eq(models.id, modelFiles.modelId))
    .where(eq(modelFiles.workspaceId, workspaceId))
    .groupBy(isNotNull(models.deletedAt));
  const sumOf = (isTrashed: boolean): FileSum => {
    const row = rows.find((sum) => sum.isTrashed === isTrashed);
    return { sizeBytes: row?.sizeBytes ?? 0, fileCount: row?.fileCount ?? 0 };
  };
  return { living: sumOf(false), trashed: sumOf(true) };
}

/** The workspace's models with the largest files, largest first. */
export async function largestModels(db: Queryable, workspaceId: string, limit: number) {
  const rows = await db
    .select({
      id: models.id,
      name: models.name,
      sizeBytes: sql`sum(${modelFiles.sizeBytes})`.mapWith(Number),
      projectId: projects.id,
      projectName: projects.name,
      deletedAt: models.deletedAt,
    })
    .from(modelFiles)
    .innerJoin(models, eq(models.id, modelFiles.modelId))
    .innerJoin(projects, eq(projects.id, models.projectId))
    .where(eq(modelFiles.workspaceId, workspaceId))
    .groupBy(models.id, projects.id)
    .orderBy(desc(sql`sum(${modelFiles.sizeBytes})`))
    .limit(limit);
  return rows;
}
