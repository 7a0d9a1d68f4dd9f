import { notFound } from '@/lib/core/errors';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import { releaseUnreferencedBlobs } from '@/lib/domain/blobs/release-unreferenced-blobs';
import { type Context, requireScope } from '@/lib/domain/context';
import { attachModelFile, sizeOfModelFile } from '@/lib/domain/models/attach-model-file';
import { loadModel } from '@/lib/domain/models/get-model';
import type { ReceivedFile } from '@/lib/domain/models/receive-model-file';
import { deleteModelFiles, findModelView, lockModel, updateModelRow } from '@/lib/domain/models/repository';
import { requireRoomLocked } from '@/lib/domain/models/require-room';
import type { Model, ReplaceModelFileInput } from '@/lib/domain/models/schema';
import { type ModelFile, withModelFile } from '@/lib/domain/models/with-model-file';
import { consumeUpload } from '@/lib/domain/uploads/consume-upload';
import type { Transaction } from '@/lib/platform/db/database';

/**
 * Gives a model another file; what was known from the old one is read anew, and its bytes are freed. Throws `NOT_FOUND`,
 * `QUOTA_EXCEEDED`, and a `Fault` when the file is not a model; then the old file stays.
 */
export async function replaceModelFile(
  context: Context,
  id: string,
  { uploadId }: ReplaceModelFileInput,
  file: ReceivedFile | null,
): Promise<Model> {
  requireScope(context, 'models');
  if ((await findModelView(context.db, context.workspaceId, id)) === null) throw notFound('Model');
  const oldSha256s = await withModelFile(context, { file, uploadId }, (modelFile) =>
    context.db.transaction((transaction) => exchange(context, transaction, id, uploadId, modelFile)),
  );
  await releaseUnreferencedBlobs(context, oldSha256s);
  return loadModel(context, id);
}

async function exchange(
  context: Context,
  transaction: Transaction,
  id: string,
  uploadId: string | undefined,
  modelFile: ModelFile,
): Promise<string[]> {
  const { workspaceId, now } = context;
  const { reading, blob, fileName } = modelFile;
  const model = await lockModel(transaction, workspaceId, id);
  if (model === null) throw notFound('Model');
  const old = await deleteModelFiles(transaction, id);
  await requireRoomLocked(context, transaction, { models: 0, bytes: sizeOfModelFile(modelFile) });
  if (uploadId !== undefined) await consumeUpload(context, transaction, uploadId);
  await attachModelFile(context, transaction, id, modelFile);
  await updateModelRow(transaction, id, { ...reading, updatedAt: now() });
  await recordActivity(context, transaction, {
    action: 'uploaded',
    resource: { type: 'model', id, name: model.name },
    message: `Replaced the file of model ${model.name}`,
    details: {
      fileName,
      format: reading.metadata.format,
      sizeBytes: blob.sizeBytes,
      sha256: blob.sha256,
      previousSha256: old.find(({ kind }) => kind === 'weights')?.sha256 ?? null,
    },
  });
  return old.map(({ sha256 }) => sha256);
}
