import type { Readable } from 'node:stream';
import { notFound } from '@/lib/core/errors';
import type { Services } from '@/lib/domain/context';
import { requireValidLink } from '@/lib/domain/models/file-link';
import { findFileOfLivingModel } from '@/lib/domain/models/repository';
import type { FileLinkQuery } from '@/lib/domain/models/schema';
import type { ByteRange } from '@/lib/platform/storage/storage';

export type OpenFile = {
  readonly sizeBytes: number;
  /** Nothing is read from storage before this is called. */
  read(range: ByteRange): Promise<Readable>;
};

/**
 * The file behind a signed link, for whoever holds the link: it is made out for one file of one model, by somebody who may read
 * it. Throws `FORBIDDEN` for a link that is forged or expired, `NOT_FOUND` once the model is deleted or has another file.
 */
export async function openLinkedFile(
  services: Services,
  { sha256, fileName }: { readonly sha256: string; readonly fileName: string },
  query: FileLinkQuery,
): Promise<OpenFile> {
  requireValidLink(services, { sha256, fileName }, query);
  const file = await findFileOfLivingModel(services.db, query.model, sha256);
  if (file === null) throw notFound('File');
  return { sizeBytes: file.sizeBytes, read: (range) => services.storage.open(sha256, range) };
}
