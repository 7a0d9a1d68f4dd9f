import type { UploadRow } from '@/lib/domain/uploads/repository';
import type { Upload } from '@/lib/domain/uploads/schema';

/** Large enough that pauses between pieces do not count, small enough that a lost one is sent again quickly. */
const chunkBytes = 8 * 1024 * 1024;

/** An upload as callers see it; `offset`: bytes that are here. */
export function presentUpload({ id, fileName, sizeBytes, createdAt, expiresAt }: UploadRow, offset: number): Upload {
  const times = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { id, fileName, sizeBytes, offset, chunkBytes, ...times };
}
