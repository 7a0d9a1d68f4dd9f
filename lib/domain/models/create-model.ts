import { notFound } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { slugOf } from '@/lib/core/slug';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { type Context, requireScope } from '@/lib/domain/context';
import { attachModelFile, sizeOfModelFile } from '@/lib/domain/models/attach-model-file';
import { freeModelSlug } from '@/lib/domain/models/free-model-slug';
import { loadModel } from '@/lib/domain/models/get-model';
import { modelNameOf } from '@/lib/domain/models/model-file-name';
import type { ReceivedFile } from '@/lib/domain/models/receive-model-file';
import { findProjectForModel, insertModel } from '@/lib/domain/models/repository';
import { requireRoom, requireRoomLocked } from '@/lib/domain/models/require-room';
import type { CreateModelInput, Model } from '@/lib/domain/models/schema';
import { type ModelFile, withModelFile } from '@/lib/domain/models/with-model-file';
import { retryTakenSlug } from '@/lib/domain/retry-taken-slug';
import { consumeUpload } from '@/lib/domain/uploads/consume-upload';
import type { Transaction } from '@/lib/platform/db/database';

/**
 * Makes a model of a file, or of a finished upload. Throws `NOT_FOUND` for the project or the upload, `QUOTA_EXCEEDED`, and
 * a `Fault` when the file is not a model; then nothing of it stays.
 */
export async function createModel(
  context: Context,
  input: CreateModelInput,
  file: ReceivedFile | null,
): Promise<Model> {
  requireScope(context, 'models');
  const { db, workspaceId } = context;
  if ((await findProjectForModel(db, workspaceId, input.projectId, { locks: false })) === null) {
    throw notFound('Project');
  }
  await requireRoom(context, { models: 1, bytes: 0 });
  return withModelFile(context, { file, uploadId: input.uploadId }, async (modelFile) => {
    const id = newId('model');
    await retryTakenSlug('model', () =>
      db.transaction((transaction) => writeModel(context, transaction, id, input, modelFile)),
    );
    return loadModel(context, id);
  });
}

async function writeModel(
  context: Context,
  transaction: Transaction,
  id: string,
  { projectId, description, visibility, uploadId, ...input }: CreateModelInput,
  modelFile: ModelFile,
): Promise<void> {
  const { workspaceId, actor } = context;
  const { reading, blob, fileName, givenName, origin } = modelFile;
  const at = context.now();
  const name = input.name ?? modelNameOf(givenName);
  await requireRoomLocked(context, transaction, { models: 1, bytes: sizeOfModelFile(modelFile) });
  const project = await findProjectForModel(transaction, workspaceId, projectId, { locks: true });
  if (project === null) throw notFound('Project');
  await insertModel(transaction, {
    id,
    workspaceId,
    projectId,
    name,
    slug: await freeModelSlug(transaction, projectId, slugOf(name, 'model')),
    description,
    visibility: visibility ?? project.visibility,
    ...reading,
    origin: { kind: origin, fileName, via: actor.kind === 'session' ? 'page' : 'api' },
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
    deletedWithProjectId: null,
  });
  if (uploadId !== undefined) await consumeUpload(context, transaction, uploadId);
  await attachModelFile(context, transaction, id, modelFile);
  await recordActivity(context, transaction, {
    action: 'uploaded',
    resource: { type: 'model', id, name },
    message: `Uploaded model ${name} to project ${project.name}`,
    details: { projectId, fileName, format: reading.metadata.format, sizeBytes: blob.sizeBytes },
  });
}
