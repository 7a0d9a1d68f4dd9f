import { DomainError, notFound } from '@/lib/core/errors';
import type { Context } from '@/lib/domain/context';
import { findUpload } from '@/lib/domain/uploads/repository';
import type { StagedBytes } from '@/lib/platform/storage/storage';

/**
 * The whole file of a finished upload, staged for whoever makes something of it. Throws `NOT_FOUND`, and `CONFLICT` naming what
 * is missing.
 */
export async function stageUpload(
  { db, workspaceId, now, resumable, storage }: Context,
  id: string,
): Promise<{ staged: StagedBytes; fileName: string }> {
  const row = await findUpload(db, workspaceId, id, now());
  if (row === null) throw notFound('Upload');
  const length = await resumable.length(id);
  if (length !== row.sizeBytes) {
    throw new DomainError(
      'CONFLICT',
      `The upload is not finished: ${length} of ${row.sizeBytes} bytes are here. Send the rest from byte ${length} on.`,
    );
  }
  const rules = { maximumBytes: row.sizeBytes, expectedBytes: row.sizeBytes };
  return { staged: await storage.stage(resumable.read(id), rules), fileName: row.fileName };
}
