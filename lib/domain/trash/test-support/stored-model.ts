import { newId } from '@/lib/core/ids';
import { slugOf } from '@/lib/core/slug';
import { holdBlob, linkBlob } from '@/lib/domain/blobs/hold-blob';
import type { Context } from '@/lib/domain/context';
import { modelFiles, models } from '@/lib/domain/models/tables';

/** A model of the project whose file has these bytes, as uploading leaves it; gives its id and the file's hash. */
export async function storedModel(
  context: Context,
  { projectId, name, bytes }: { projectId: string; name: string; bytes: string },
): Promise<{ id: string; sha256: string }> {
  const { db, storage, workspaceId } = context;
  const staged = await storage.stage(chunks(bytes), { maximumBytes: 10_000 });
  const blob = await holdBlob(context, staged);
  const id = newId('model');
  const at = context.now();
  await db.transaction(async (transaction) => {
    await linkBlob(transaction, blob);
    await transaction.insert(models).values({
      id,
      workspaceId,
      projectId,
      name,
      slug: slugOf(name, 'model'),
      visibility: 'private',
      status: 'stored',
      origin: { kind: 'upload', fileName: 'a.pt', via: 'api' },
      createdAt: at,
      updatedAt: at,
    });
    await transaction.insert(modelFiles).values({
      id: newId('modelFile'),
      modelId: id,
      workspaceId,
      kind: 'weights',
      format: 'pt',
      fileName: 'a.pt',
      sha256: blob.sha256,
      sizeBytes: blob.sizeBytes,
      createdAt: at,
    });
  });
  return { id, sha256: blob.sha256 };
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
