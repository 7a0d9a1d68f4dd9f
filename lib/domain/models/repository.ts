import { and, asc, count, desc, eq, getTableColumns, ilike, isNull, like, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { pageOffset } from '@/lib/core/page';
import { likePattern } from '@/lib/domain/like-pattern';
import type { ListModelsQuery, ModelMetadata } from '@/lib/domain/models/schema';
import { modelFiles, models } from '@/lib/domain/models/tables';
import { projects } from '@/lib/domain/projects/tables';
import { workspaces } from '@/lib/domain/workspaces/tables';
import type { Queryable, Transaction } from '@/lib/platform/db/database';

export type ModelRow = typeof models.$inferSelect;
export type ModelFileRow = typeof modelFiles.$inferSelect;

/** A model as it is shown: with its project, its owner and its file. */
export type ModelView = Omit<ModelRow, 'metadata'> & {
  readonly projectSlug: string;
  readonly projectName: string;
  readonly owner: string;
  readonly file: ModelFileRow | null;
  readonly convertedFile: ModelFileRow | null;
  readonly classCount: number | null;
};
export type WholeModelView = ModelView & { readonly metadata: ModelMetadata | null };
export type ModelSummaryView = ModelView & { readonly metadata: Omit<ModelMetadata, 'names' | 'properties'> | null };

const orders: Readonly<Record<ListModelsQuery['sort'], SQL[]>> = {
  newest: [desc(models.createdAt), desc(models.id)],
  oldest: [asc(models.createdAt), asc(models.id)],
  name: [asc(sql`lower(${models.name})`), asc(models.id)],
  size: [sql`${modelFiles.sizeBytes} desc nulls last`, desc(models.id)],
  updated: [desc(models.updatedAt), desc(models.id)],
};

/** The same table once more, for what was made of a model's weights. */
const convertedFiles = alias(modelFiles, 'converted_files');

const { metadata, ...plainColumns } = getTableColumns(models);

const viewColumns = {
  ...plainColumns,
  projectSlug: projects.slug,
  projectName: projects.name,
  owner: workspaces.slug,
  file: modelFiles,
  convertedFile: convertedFiles,
  classCount: sql<number | null>`jsonb_array_length(nullif(${models.metadata} -> 'names', 'null'::jsonb))`,
};

/** Class names and the file's own metadata are long, and nobody reads them in a list. */
const shortMetadata = sql<ModelSummaryView['metadata']>`${models.metadata} - 'names' - 'properties'`;

/** One page of the workspace's living models, and how many there are. */
export async function listModelViews(
  db: Queryable,
  workspaceId: string,
  query: ListModelsQuery,
): Promise<{ rows: ModelSummaryView[]; total: number }> {
  const { projectId, task, status, search, sort, limit } = query;
  const wanted = and(
    eq(models.workspaceId, workspaceId),
    isNull(models.deletedAt),
    projectId === undefined ? undefined : eq(models.projectId, projectId),
    task ? eq(models.task, task) : undefined,
    status ? eq(models.status, status) : undefined,
    search ? ilike(models.name, likePattern(search)) : undefined,
  );
  // Which rows are on the page is found first, by index or among short rows: only they are looked up whole.
  const page = db
    .select({ id: models.id })
    .from(models)
    .leftJoin(modelFiles, sort === 'size' ? isWeightsOf(models.id) : sql`false`)
    .where(wanted)
    .orderBy(...orders[sort])
    .limit(limit)
    .offset(pageOffset(query))
    .as('page');
  const rows = await db
    .select({ ...viewColumns, metadata: shortMetadata })
    .from(page)
    .innerJoin(models, eq(models.id, page.id))
    .innerJoin(projects, eq(projects.id, models.projectId))
    .innerJoin(workspaces, eq(workspaces.id, models.workspaceId))
    .leftJoin(modelFiles, isWeightsOf(models.id))
    .leftJoin(convertedFiles, isConvertedOf(models.id))
    .orderBy(...orders[sort]);
  const [{ total }] = await db.select({ total: count() }).from(models).where(wanted);
  return { rows, total };
}

/** A living model of the workspace, or null. */
export async function findModelView(db: Queryable, workspaceId: string, id: string): Promise<WholeModelView | null> {
  const [row] = await db
    .select({ ...viewColumns, metadata })
    .from(models)
    .innerJoin(projects, eq(projects.id, models.projectId))
    .innerJoin(workspaces, eq(workspaces.id, models.workspaceId))
    .leftJoin(modelFiles, isWeightsOf(models.id))
    .leftJoin(convertedFiles, isConvertedOf(models.id))
    .where(isLiving(workspaceId, id));
  return row ?? null;
}

/** The words of a model's address: /owner/project/slug. */
export type ModelAddress = { readonly owner: string; readonly project: string; readonly slug: string };

/** The living model of the workspace that its address names, or null. */
export async function findModelId(
  db: Queryable,
  workspaceId: string,
  { owner, project, slug }: ModelAddress,
): Promise<string | null> {
  const [row] = await db
    .select({ id: models.id })
    .from(models)
    .innerJoin(projects, eq(projects.id, models.projectId))
    .innerJoin(workspaces, eq(workspaces.id, models.workspaceId))
    .where(
      and(
        eq(models.workspaceId, workspaceId),
        eq(workspaces.slug, owner),
        eq(projects.slug, project),
        isNull(projects.deletedAt),
        eq(models.slug, slug),
        isNull(models.deletedAt),
      ),
    );
  return row?.id ?? null;
}

/** The living model, its row locked until the transaction ends, or null. */
export async function lockModel(transaction: Transaction, workspaceId: string, id: string): Promise<ModelRow | null> {
  const [row] = await transaction.select().from(models).where(isLiving(workspaceId, id)).for('update');
  return row ?? null;
}

/** Slugs of the project's living models that begin with `slug`. */
export async function takenModelSlugs(db: Queryable, projectId: string, slug: string): Promise<Set<string>> {
  const rows = await db
    .select({ slug: models.slug })
    .from(models)
    .where(and(eq(models.projectId, projectId), isNull(models.deletedAt), like(models.slug, `${slug.slice(0, 40)}%`)));
  return new Set(rows.map((row) => row.slug));
}

export async function insertModel(db: Queryable, row: ModelRow): Promise<void> {
  await db.insert(models).values(row);
}

export async function updateModelRow(db: Queryable, id: string, changes: Partial<ModelRow>): Promise<void> {
  await db.update(models).set(changes).where(eq(models.id, id));
}

export async function insertModelFile(db: Queryable, row: ModelFileRow): Promise<void> {
  await db.insert(modelFiles).values(row);
}

/** Deletes the rows of the model's files and gives them. */
export async function deleteModelFiles(db: Queryable, modelId: string): Promise<ModelFileRow[]> {
  return db.delete(modelFiles).where(eq(modelFiles.modelId, modelId)).returning();
}

/** The hash of what this version of the converter made of these bytes before, for any model; null when nothing of it is left. */
export async function findConversion(
  db: Queryable,
  sourceSha256: string,
  converterVersion: number,
): Promise<string | null> {
  const [row] = await db
    .select({ sha256: modelFiles.sha256 })
    .from(modelFiles)
    .where(and(eq(modelFiles.sourceSha256, sourceSha256), eq(modelFiles.converterVersion, converterVersion)))
    .limit(1);
  return row?.sha256 ?? null;
}

/** The file with these bytes that a living model of any workspace has, for callers who hold a signed link. */
export async function findFileOfLivingModel(
  db: Queryable,
  modelId: string,
  sha256: string,
): Promise<ModelFileRow | null> {
  const [row] = await db
    .select({ file: modelFiles })
    .from(modelFiles)
    .innerJoin(models, eq(models.id, modelFiles.modelId))
    .where(and(eq(models.id, modelId), isNull(models.deletedAt), eq(modelFiles.sha256, sha256)));
  return row?.file ?? null;
}

/** The living project that a model is to go into. It cannot be deleted before a transaction that `locks` it ends. */
export async function findProjectForModel(
  db: Queryable,
  workspaceId: string,
  id: string,
  { locks }: { locks: boolean },
) {
  const query = db
    .select({ name: projects.name, visibility: projects.visibility })
    .from(projects)
    .where(and(eq(projects.workspaceId, workspaceId), eq(projects.id, id), isNull(projects.deletedAt)));
  const [row] = locks ? await query.for('share') : await query;
  return row ?? null;
}

export type WorkspaceHoldings = {
  readonly modelCount: number;
  /** Of them. */
  readonly trashedModelCount: number;
  readonly sizeBytes: number;
};

/** What the workspace holds, trash included. */
export async function findHoldings(db: Queryable, workspaceId: string): Promise<WorkspaceHoldings> {
  const [counts] = await db
    .select({ modelCount: count(), trashedModelCount: count(models.deletedAt) })
    .from(models)
    .where(eq(models.workspaceId, workspaceId));
  const [{ sizeBytes }] = await db
    .select({ sizeBytes: sql`coalesce(sum(${modelFiles.sizeBytes}), 0)`.mapWith(Number) })
    .from(modelFiles)
    .where(eq(modelFiles.workspaceId, workspaceId));
  return { ...counts, sizeBytes };
}

/**
 * Makes those who add to the workspace wait for each other until the transaction ends, so that what they count stays true.
 * Rows that merely point at the workspace are not hindered.
 */
export async function lockHoldings(transaction: Transaction, workspaceId: string): Promise<void> {
  await transaction
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .for('no key update');
}

function isLiving(workspaceId: string, id: string) {
  return and(eq(models.workspaceId, workspaceId), eq(models.id, id), isNull(models.deletedAt));
}

function isConvertedOf(modelId: typeof models.id) {
  return and(eq(convertedFiles.modelId, modelId), eq(convertedFiles.kind, 'converted'));
}

function isWeightsOf(modelId: typeof models.id) {
  return and(eq(modelFiles.modelId, modelId), eq(modelFiles.kind, 'weights'));
}
