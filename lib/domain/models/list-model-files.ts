import { type Context, requireScope } from '@/lib/domain/context';
import { fileLink } from '@/lib/domain/models/file-link';
import { loadModel } from '@/lib/domain/models/get-model';
import type { ModelFileLink } from '@/lib/domain/models/schema';

/** How long a link works: long enough to begin a download, and a paused one asks for another. */
const linkMilliseconds = 60 * 60 * 1000;

/** Signed links to the files of a model; none for a model without a file. Throws `NOT_FOUND`. */
export async function listModelFiles(context: Context, id: string): Promise<ModelFileLink[]> {
  requireScope(context, 'models:read');
  const { file } = await loadModel(context, id);
  if (file === null) return [];
  const { fileName, format, sizeBytes, sha256 } = file;
  const expiresAt = new Date(context.now().getTime() + linkMilliseconds);
  const url = fileLink(context, { modelId: id, sha256, fileName, expiresAt });
  return [{ fileName, format, kind: 'weights', sizeBytes, sha256, url, expiresAt: expiresAt.toISOString() }];
}
