import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { actingUserId, type Context, requireScope } from '@/lib/domain/context';
import { requireRoom } from '@/lib/domain/models/require-room';
import { presentUpload } from '@/lib/domain/uploads/present-upload';
import { countOpenUploadsLocked, insertUpload } from '@/lib/domain/uploads/repository';
import { type CreateUploadInput, maximumUploadBytes, type Upload } from '@/lib/domain/uploads/schema';

const lifetimeMilliseconds = 24 * 60 * 60 * 1000;

/** Partial files count in no quota; this bounds what a workspace can leave lying about. */
const maximumOpenUploads = 20;

/**
 * Begins an upload in pieces. Throws `PAYLOAD_TOO_LARGE`, `QUOTA_EXCEEDED` when the file could not be kept anyway, `CONFLICT`
 * when too many are open.
 */
export async function createUpload(context: Context, { fileName, sizeBytes }: CreateUploadInput): Promise<Upload> {
  requireScope(context, 'models');
  if (sizeBytes > maximumUploadBytes) {
    throw new DomainError('PAYLOAD_TOO_LARGE', `Files have at most ${maximumUploadBytes} bytes, found ${sizeBytes}.`);
  }
  await requireRoom(context, { models: 0, bytes: sizeBytes });
  const { db, workspaceId } = context;
  const createdAt = context.now();
  const row = {
    id: newId('upload'),
    workspaceId,
    userId: actingUserId(context),
    fileName: fileName.replaceAll('\0', '').toWellFormed(),
    sizeBytes,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + lifetimeMilliseconds),
  };
  await db.transaction(async (transaction) => {
    if ((await countOpenUploadsLocked(transaction, workspaceId, createdAt)) >= maximumOpenUploads) {
      throw new DomainError(
        'CONFLICT',
        `${maximumOpenUploads} uploads are open already. Finish or cancel some; the others expire after 24 hours.`,
      );
    }
    await insertUpload(transaction, row);
  });
  return presentUpload(row, 0);
}
