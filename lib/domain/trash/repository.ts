import { and, asc, eq, inArray, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import { modelFiles, models } from '@/lib/domain/models/tables';
import { projects } from '@/lib/domain/projects/tables';
import type { Queryable, Transaction } from '@/lib/platform/db/database';

export type TrashedProject = typeof projects.$inferSelect;
export type TrashedModel = typeof models.$inferSelect;

/** Marks the living project as deleted. Null when the workspace has none of this id. */
export async function markProjectDeleted(db: Queryable, workspaceId: string, id: string, now: Date) {
  const [row] = await db
    .update(projects)
    .set({ deletedAt: now })
    .where(and(eq(projects.workspaceId, workspaceId), eq(projects.id, id), isNull(projects.deletedAt)))
    .returning({ id: projects.id, name: projects.name });
  return row ?? null;
}

/** Takes the living models of a deleted project along; gives how many they were. */
export async function markModelsDeletedWith(db: Queryable, projectId: string, now: Date): Promise<number> {
  const rows = await db
    .update(models)
    .set({ deletedAt: now, deletedWithProjectId: projectId })
    .where(and(eq(models.projectId, projectId), isNull(models.deletedAt)))
    .returning({ id: models.id });
  return rows.length;
}

/** Marks the living model as deleted by itself. Null when the workspace has none of this id. */
export async function markModelDeleted(db: Queryable, workspaceId: string, id: string, now: Date) {
  const [row] = await db
    .update(models)
    .set({ deletedAt: now })
    .where(and(eq(models.workspaceId, workspaceId), eq(models.id, id), isNull(models.deletedAt)))
    .returning({ id: models.id, name: models.name, projectId: models.projectId });
  return row ?? null;
}

/** A project of the trash, its row locked until the transaction ends, or null. */
export async function lockTrashedProject(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<TrashedProject | null> {
  const [row] = await transaction
    .select()
    .from(projects)
    .where(and(eq(projects.workspaceId, workspaceId), eq(projects.id, id), isNotNull(projects.deletedAt)))
    .for('update');
  return row ?? null;
}

/** A model of the trash, its row locked until the transaction ends, or null. */
export async function lockTrashedModel(
  transaction: Transaction,
  workspaceId: string,
  id: string,
): Promise<TrashedModel | null> {
  const [row] = await transaction
    .select()
    .from(models)
    .where(and(eq(models.workspaceId, workspaceId), eq(models.id, id), isNotNull(models.deletedAt)))
    .for('update');
  return row ?? null;
}

/** The project of a model of the trash, kept as it is until the transaction ends; null without such a model. */
export async function holdProjectOfModel(
  transaction: Transaction,
  workspaceId: string,
  modelId: string,
): Promise<TrashedProject | null> {
  const model = transaction
    .select({ projectId: models.projectId })
    .from(models)
    .where(and(eq(models.workspaceId, workspaceId), eq(models.id, modelId), isNotNull(models.deletedAt)));
  const [row] = await transaction.select().from(projects).where(inArray(projects.id, model)).for('share');
  return row ?? null;
}

/** Brings the project back, and the models that went with it; gives how many they were. */
export async function reviveProject(transaction: Transaction, id: string, slug: string): Promise<number> {
  await transaction.update(projects).set({ deletedAt: null, slug }).where(eq(projects.id, id));
  const revived = await transaction
    .update(models)
    .set({ deletedAt: null, deletedWithProjectId: null })
    .where(eq(models.deletedWithProjectId, id))
    .returning({ id: models.id });
  return revived.length;
}

export async function reviveModel(transaction: Transaction, id: string, slug: string): Promise<void> {
  await transaction.update(models).set({ deletedAt: null, slug }).where(eq(models.id, id));
}

/** What went to the trash up to `through`, or all of it, its rows locked; models include those of the projects. */
export async function lockTrash(
  transaction: Transaction,
  workspaceId: string,
  through: Date | null,
): Promise<{ projects: TrashedProject[]; models: TrashedModel[] }> {
  const trashedProjects = await transaction
    .select()
    .from(projects)
    .where(
      and(
        eq(projects.workspaceId, workspaceId),
        isNotNull(projects.deletedAt),
        through === null ? undefined : lte(projects.deletedAt, through),
      ),
    )
    .orderBy(asc(projects.id))
    .for('update');
  const trashedModels = await transaction
    .select()
    .from(models)
    .where(
      and(
        eq(models.workspaceId, workspaceId),
        isNotNull(models.deletedAt),
        through === null
          ? undefined
          : sql`(${lte(models.deletedAt, through)} or ${isAnyOf(models.projectId, trashedProjects)})`,
      ),
    )
    .orderBy(asc(models.id))
    .for('update');
  return { projects: trashedProjects, models: trashedModels };
}

/** The models of a project in the trash, their rows locked. */
export async function lockModelsOf(transaction: Transaction, projectId: string): Promise<TrashedModel[]> {
  return transaction.select().from(models).where(eq(models.projectId, projectId)).orderBy(asc(models.id)).for('update');
}

/** The files of these models. */
export async function filesOfModels(
  transaction: Transaction,
  of: readonly { readonly id: string }[],
): Promise<{ sha256: string; sizeBytes: number }[]> {
  return transaction
    .select({ sha256: modelFiles.sha256, sizeBytes: modelFiles.sizeBytes })
    .from(modelFiles)
    .where(isAnyOf(modelFiles.modelId, of));
}

/** Deletes the rows and what hangs below them. */
export async function deleteRows(
  transaction: Transaction,
  trashedProjects: readonly { readonly id: string }[],
  trashedModels: readonly { readonly id: string }[],
): Promise<void> {
  await transaction.delete(models).where(isAnyOf(models.id, trashedModels));
  await transaction.delete(projects).where(isAnyOf(projects.id, trashedProjects));
}

/** Workspaces in whose trash something lies since `through` or longer. */
export async function workspacesWithTrash(db: Queryable, through: Date): Promise<string[]> {
  const ofProjects = await db
    .selectDistinct({ workspaceId: projects.workspaceId })
    .from(projects)
    .where(lte(projects.deletedAt, through));
  const ofModels = await db
    .selectDistinct({ workspaceId: models.workspaceId })
    .from(models)
    .where(lte(models.deletedAt, through));
  return [...new Set([...ofProjects, ...ofModels].map(({ workspaceId }) => workspaceId))];
}

/** One array as one parameter: a statement takes no more than 65,535 of them. */
function isAnyOf(
  column: typeof models.id | typeof models.projectId | typeof modelFiles.modelId | typeof projects.id,
  rows: readonly { readonly id: string }[],
): SQL {
  return sql`${column} = any(${sql.param(rows.map(({ id }) => id))}::text[])`;
}
