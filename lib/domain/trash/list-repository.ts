import { and, count, desc, eq, ilike, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import { pageOffset } from '@/lib/core/page';
import { likePattern } from '@/lib/domain/like-pattern';
import { modelFiles, models } from '@/lib/domain/models/tables';
import { projects } from '@/lib/domain/projects/tables';
import type { ListTrashQuery, TrashType } from '@/lib/domain/trash/schema';
import type { Queryable } from '@/lib/platform/db/database';

/** Something that was put into the trash by itself. */
export type TrashRow = {
  readonly id: string;
  readonly type: TrashType;
  readonly name: string;
  readonly deletedAt: Date;
  readonly parentId: string | null;
  readonly parentName: string | null;
  readonly isParentDeleted: boolean;
};

/** What a thing in the trash holds. */
export type TrashContents = { readonly modelCount: number; readonly sizeBytes: number };

/** One page of the workspace's trash, last deleted first, and how many things it holds. */
export async function listTrashRows(
  db: Queryable,
  workspaceId: string,
  query: ListTrashQuery,
): Promise<{ rows: TrashRow[]; total: number }> {
  const union = unionAll(projectsInTrash(db, workspaceId, query), modelsInTrash(db, workspaceId, query));
  const things = union.as('things');
  const rows = await db
    .select()
    .from(things)
    .orderBy(desc(things.deletedAt), desc(things.id))
    .limit(query.limit)
    .offset(pageOffset(query));
  const [{ total }] = await db.select({ total: count() }).from(things);
  return { rows, total };
}

/** What these projects and models of the trash hold, by id. */
export async function trashContents(db: Queryable, ids: readonly string[]): Promise<Map<string, TrashContents>> {
  const itemId = sql<string>`coalesce(${models.deletedWithProjectId}, ${models.id})`;
  const rows = await db
    .select({
      itemId,
      modelCount: sql`count(*) filter (where ${models.deletedWithProjectId} is not null)`.mapWith(Number),
      sizeBytes: sql`coalesce(sum(${modelFiles.sizeBytes}), 0)`.mapWith(Number),
    })
    .from(models)
    .leftJoin(modelFiles, eq(modelFiles.modelId, models.id))
    .where(sql`${inArray(models.id, [...ids])} or ${inArray(models.deletedWithProjectId, [...ids])}`)
    .groupBy(itemId);
  return new Map(rows.map(({ itemId, ...contents }) => [itemId, contents]));
}

function projectsInTrash(db: Queryable, workspaceId: string, { type, search }: ListTrashQuery) {
  return db
    .select({
      id: projects.id,
      type: sql<TrashType>`'project'`.as('type'),
      name: projects.name,
      deletedAt: present(projects.deletedAt),
      parentId: sql<string | null>`null::text`.as('parent_id'),
      parentName: sql<string | null>`null::text`.as('parent_name'),
      isParentDeleted: sql<boolean>`false`.as('is_parent_deleted'),
    })
    .from(projects)
    .where(
      and(
        eq(projects.workspaceId, workspaceId),
        isNotNull(projects.deletedAt),
        isWanted('project', type),
        search ? ilike(projects.name, likePattern(search)) : undefined,
      ),
    );
}

function modelsInTrash(db: Queryable, workspaceId: string, { type, search }: ListTrashQuery) {
  return db
    .select({
      id: models.id,
      type: sql<TrashType>`'model'`.as('type'),
      name: models.name,
      deletedAt: present(models.deletedAt),
      parentId: sql<string | null>`${projects.id}`.as('parent_id'),
      parentName: sql<string | null>`${projects.name}`.as('parent_name'),
      isParentDeleted: sql<boolean>`${projects.deletedAt} is not null`.as('is_parent_deleted'),
    })
    .from(models)
    .innerJoin(projects, eq(projects.id, models.projectId))
    .where(
      and(
        eq(models.workspaceId, workspaceId),
        isNotNull(models.deletedAt),
        isNull(models.deletedWithProjectId),
        isWanted('model', type),
        search ? ilike(models.name, likePattern(search)) : undefined,
      ),
    );
}

function isWanted(kind: TrashType, type: TrashType | undefined): SQL | undefined {
  return type === undefined || type === kind ? undefined : sql`false`;
}

/** The moment of deletion of rows that are asked to have one. */
function present(column: typeof projects.deletedAt | typeof models.deletedAt) {
  return sql`${column}`.mapWith(column).as('deleted_at');
}
