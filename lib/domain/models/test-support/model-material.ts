import { readdir } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll } from 'vitest';
import { present } from '@/lib/core/assert';
import { activityEvents } from '@/lib/domain/activity/tables';
import { blobHolds, blobs } from '@/lib/domain/blobs/tables';
import type { Context } from '@/lib/domain/context';
import { createModel } from '@/lib/domain/models/create-model';
import { receiveModelFile } from '@/lib/domain/models/receive-model-file';
import { createModelInput, type Model } from '@/lib/domain/models/schema';
import { createProject } from '@/lib/domain/projects/create-project';
import type { Project } from '@/lib/domain/projects/schema';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

/** The services of a test file with a project of the first tenant, made before its tests and ended after them. */
export function modelWorld(): { readonly test: TestContext; readonly context: Context; readonly projectId: string } {
  let made: { test: TestContext; context: Context; projectId: string } | null = null;
  beforeAll(async () => {
    const test = await createTestContext();
    made = { test, context: test.context, projectId: (await newProject(test.context)).id };
  });
  afterAll(() => made?.test.close());
  const world = () => present(made, 'the world of these tests');
  return {
    get test() {
      return world().test;
    },
    get context() {
      return world().context;
    },
    get projectId() {
      return world().projectId;
    },
  };
}

/** A small real detector whose bytes differ by `text`, which stands in its documentation field. Reading it takes a process. */
export function onnxBytes(text: string): Uint8Array {
  const documentation = Buffer.from(text);
  return Buffer.concat([tinyModel(), Buffer.from([0x32, documentation.length]), documentation]);
}

/** Bytes as they arrive from a network, in pieces. */
export async function* arriving(bytes: Uint8Array, pieceBytes = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

export function newProject(context: Context, name = 'Project'): Promise<Project> {
  return createProject(context, { name, description: '', visibility: 'private' });
}

/** Uploads a model as the route does; a checkpoint unless told otherwise, which is read in no time. */
export async function uploadModel(
  context: Context,
  input: { readonly projectId: string; readonly name?: string },
  { bytes = tinyCheckpoint(), fileName = 'best.pt' }: { bytes?: Uint8Array; fileName?: string } = {},
): Promise<Model> {
  const file = await receiveModelFile(context, arriving(bytes), fileName);
  return createModel(context, createModelInput.parse(input), file);
}

/** What an upload could have left behind: files of the storage and rows about bytes. */
export async function traces(
  { db }: Context,
  folder: string,
): Promise<{ files: number; blobs: number; holds: number }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return {
    files: entries.filter((entry) => entry.isFile()).length,
    blobs: (await db.select().from(blobs)).length,
    holds: (await db.select().from(blobHolds)).length,
  };
}

/** The workspace's activity about models, oldest first. */
export async function modelActivity({ db, workspaceId }: Context): Promise<{ action: string; message: string }[]> {
  const rows = await db
    .select()
    .from(activityEvents)
    .where(eq(activityEvents.workspaceId, workspaceId))
    .orderBy(activityEvents.createdAt);
  return rows.filter((row) => row.resourceType === 'model').map(({ action, message }) => ({ action, message }));
}
