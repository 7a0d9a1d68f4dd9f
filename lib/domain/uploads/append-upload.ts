import { DomainError, notFound } from '@/lib/core/errors';
import { type Context, requireScope } from '@/lib/domain/context';
import { presentUpload } from '@/lib/domain/uploads/present-upload';
import { findUpload } from '@/lib/domain/uploads/repository';
import type { Upload } from '@/lib/domain/uploads/schema';

type Piece = {
  /** Where in the file the piece begins. */
  readonly offset: number;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
};

/**
 * Adds a piece to an upload, and answers once the disk has it. A later piece for the same upload ends an earlier one that is
 * still arriving. Throws `NOT_FOUND`, `CONFLICT` with the right offset, `PAYLOAD_TOO_LARGE` when the piece goes beyond the
 * announced size; then none of it is kept.
 */
export async function appendUpload(context: Context, id: string, { offset, bytes, signal }: Piece): Promise<Upload> {
  requireScope(context, 'models');
  const { db, workspaceId, now, resumable } = context;
  const row = await findUpload(db, workspaceId, id, now());
  if (row === null) throw notFound('Upload');
  try {
    const length = await resumable.append(id, offset, bytes, { maximumBytes: row.sizeBytes, signal });
    if ((await findUpload(db, workspaceId, id, now())) === null) {
      // Cancelled while the piece arrived: it has just made the file anew.
      await resumable.remove(id);
      throw notFound('Upload');
    }
    return presentUpload(row, length);
  } catch (error) {
    throw withOffset(error);
  }
}

/** Names the right offset where programs look for it. */
function withOffset(error: unknown): unknown {
  if (!(error instanceof DomainError) || !('actualOffset' in error)) return error;
  const expected = String(error.actualOffset);
  return new DomainError(error.code, error.message, {
    cause: error,
    issues: [{ path: 'Upload-Offset', message: `expected ${expected}`, expected }],
  });
}
