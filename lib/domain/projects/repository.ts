import { and, asc, count, desc, eq, ilike, inArray, isNull, like, type SQL, sql } from 'drizzle-orm';
import { pageOffset } from '@/lib/core/page';
import { likePattern } from '@/lib/domain/like-pattern';
import { modelFiles, models } from '@/lib/domain/models/tables';
import type { ListProjectsQuery } from '@/lib/domain/projects/schema';
import { projects } from '@/lib/domain/projects/tables';
import { workspaces } from '@/lib/domain/workspaces/tables';
import type { Queryable } from '@/lib/platform/db/database';

export type ProjectRow = typeof projects.$inferSelect;

/** A project as it is shown: with its owner and what hangs below it. */
export type ProjectView = ProjectRow & {
  readonly owner: string;
  readonly modelCount: number;
  readonly sizeBytes: number;
};

const modelCount = sql<number>`(
  select count(*)::int from ${models} where ${models.projectId} = ${projects.id} and ${models.deletedAt} is null
)`;
const sizeBytes = sql<string>`(
  select coalesce(sum(${modelFiles.sizeBytes}), 0) from ${modelFiles} inner join ${models} on ${models.id} = ${modelFiles.modelId}
  where ${models.projectId} = ${projects.id} and ${models.deletedAt} is null
)`.mapWith(Number);

const orders: Readonly<Record<ListProjectsQuery['sort'], SQL[]>> = {
  newest: [desc(projects.createdAt), desc(projects.id)],
  oldest: [asc(projects.createdAt), asc(projects.id)],
  name: [asc(sql`lower(${projects.name})`), asc(projects.id)],
  updated: [desc(projects.updatedAt), desc(projects.id)],
};

/** One page of the workspace's living projects, and how many there are. */
export async function listProjectViews(
  db: Queryable,
  workspaceId: string,
  query: ListProjectsQuery,
): Promise<{ rows: ProjectView[]; total: number }> {
  const { search, visibility, sort, limit } = query;
  const wanted = and(
    eq(projects.workspaceId, workspaceId),
    isNull(projects.deletedAt),
    search ? ilike(projects.name, likePattern(search)) : undefined,
    visibility ? eq(projects.visibility, visibility) : undefined,
  );
  // Which rows are on the page is found first, by index or among short rows: only their models are counted.
  const page = db
    .select({ id: projects.id })
    .from(projects)
    .where(wanted)
    .orderBy(...orders[sort])
    .limit(limit)
    .offset(pageOffset(query));
  const rows = await selectViews(db)
    .where(inArray(projects.id, page))
    .orderBy(...orders[sort]);
  const [{ total }] = await db.select({ total: count() }).from(projects).where(wanted);
  return { rows: rows.map(toView), total };
}

/** A living project of the workspace, or null. */
export async function findProjectView(db: Queryable, workspaceId: string, id: string): Promise<ProjectView | null> {
  const [row] = await selectViews(db).where(
    and(eq(projects.workspaceId, workspaceId), eq(projects.id, id), isNull(projects.deletedAt)),
  );
  return row ? toView(row) : null;
}

/** The living project of the workspace that its address names, or null. */
export async function findProjectId(
  db: Queryable,
  workspaceId: string,
  address: { readonly owner: string; readonly slug: string },
): Promise<string | null> {
  const [row] = await db
    .select({ id: projects.id })
    .from(projects)
    .innerJoin(workspaces, eq(workspaces.id, projects.workspaceId))
    .where(
      and(
        eq(projects.workspaceId, workspaceId),
        eq(workspaces.slug, address.owner),
        eq(projects.slug, address.slug),
        isNull(projects.deletedAt),
      ),
    );
  return row?.id ?? null;
}

/** The living project, its row locked until the transaction ends, or null. */
export async function lockProject(db: Queryable, workspaceId: string, id: string): Promise<ProjectRow | null> {
  const [row] = await db
    .select()
    .from(projects)
    .where(and(eq(projects.workspaceId, workspaceId), eq(projects.id, id), isNull(projects.deletedAt)))
    .for('update');
  return row ?? null;
}

/** Slugs of living projects that begin with `slug`. */
export async function takenProjectSlugs(db: Queryable, workspaceId: string, slug: string): Promise<Set<string>> {
  const rows = await db
    .select({ slug: projects.slug })
    .from(projects)
    .where(
      and(
        eq(projects.workspaceId, workspaceId),
        isNull(projects.deletedAt),
        like(projects.slug, `${slug.slice(0, 40)}%`),
      ),
    );
  return new Set(rows.map((row) => row.slug));
}

export async function insertProject(db: Queryable, row: ProjectRow): Promise<void> {
  await db.insert(projects).values(row);
}

export async function updateProjectRow(db: Queryable, id: string, changes: Partial<ProjectRow>): Promise<void> {
  await db.update(projects).set(changes).where(eq(projects.id, id));
}

function selectViews(db: Queryable) {
  return db
    .select({ project: projects, owner: workspaces.slug, modelCount, sizeBytes })
    .from(projects)
    .innerJoin(workspaces, eq(workspaces.id, projects.workspaceId))
    .$dynamic();
}

function toView(row: { project: ProjectRow; owner: string; modelCount: number; sizeBytes: number }): ProjectView {
  return { ...row.project, owner: row.owner, modelCount: row.modelCount, sizeBytes: row.sizeBytes };
}
