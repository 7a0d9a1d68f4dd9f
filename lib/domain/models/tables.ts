import { sql } from 'drizzle-orm';
import { bigint, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { blobs } from '@/lib/domain/blobs/tables';
import { moment } from '@/lib/domain/columns';
import type { ModelMetadata, ModelOrigin } from '@/lib/domain/models/schema';
import { projects } from '@/lib/domain/projects/tables';
import { workspaces } from '@/lib/domain/workspaces/tables';

export const models = pgTable(
  'models',
  {
    id: text().primaryKey(),
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    projectId: text()
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    slug: text().notNull(),
    description: text().notNull().default(''),
    visibility: text({ enum: ['private', 'public'] }).notNull(),
    /** `untrained`: made without a file. `ready`: can predict. `stored`: kept, not runnable here (yet). */
    status: text({ enum: ['untrained', 'ready', 'stored', 'failed'] }).notNull(),
    /** Why it is not ready. */
    statusReason: text(),
    task: text({ enum: ['detect', 'segment', 'pose', 'obb', 'classify', 'semantic', 'depth'] }),
    /** What the file says about itself; null without a file. */
    metadata: jsonb().$type<ModelMetadata>(),
    origin: jsonb().$type<ModelOrigin>().notNull(),
    createdAt: moment().notNull(),
    updatedAt: moment().notNull(),
    deletedAt: moment(),
    /** The project whose deletion took it along: it comes back with that project. */
    deletedWithProjectId: text(),
  },
  (table) => [
    uniqueIndex('models_slug').on(table.projectId, table.slug).where(sql`${table.deletedAt} is null`),
    index('models_newest')
      .on(table.workspaceId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.deletedAt} is null`),
    index('models_of_project')
      .on(table.projectId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.deletedAt} is null`),
    index('models_by_name')
      .on(table.workspaceId, sql`lower(${table.name})`, table.id)
      .where(sql`${table.deletedAt} is null`),
    index('models_updated')
      .on(table.workspaceId, table.updatedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.deletedAt} is null`),
    index('models_search').using('gin', sql`${table.name} gin_trgm_ops`),
    index('models_trash').on(table.workspaceId, table.deletedAt).where(sql`${table.deletedAt} is not null`),
    index('models_expired').on(table.deletedAt).where(sql`${table.deletedAt} is not null`),
  ],
);

/** The files of a model: what was uploaded (`weights`), and what runs in its place (`converted`) where that is not ONNX itself. */
export const modelFiles = pgTable(
  'model_files',
  {
    id: text().primaryKey(),
    modelId: text()
      .notNull()
      .references(() => models.id, { onDelete: 'cascade' }),
    workspaceId: text()
      .notNull()
      .references(() => workspaces.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['weights', 'converted'] }).notNull(),
    format: text({ enum: ['onnx', 'pt'] }).notNull(),
    /** As it was uploaded; what a download is called. */
    fileName: text().notNull(),
    sha256: text()
      .notNull()
      .references(() => blobs.sha256),
    sizeBytes: bigint({ mode: 'number' }).notNull(),
    /** Of a converted file: the bytes that it was made of, and the version of what made it. */
    sourceSha256: text(),
    converterVersion: integer(),
    createdAt: moment().notNull(),
  },
  (table) => [
    uniqueIndex('model_files_kind').on(table.modelId, table.kind),
    index('model_files_blob').on(table.sha256),
    index('model_files_source').on(table.sourceSha256).where(sql`${table.sourceSha256} is not null`),
    index('model_files_workspace').on(table.workspaceId, table.sizeBytes.desc().nullsFirst()),
  ],
);
