import { type Context, requireScope } from '@/lib/domain/context';
import { fileLink } from '@/lib/domain/models/file-link';
import { loadModel } from '@/lib/domain/models/get-model';
import type { ModelFileLink } from '@/lib/domain/models/schema';

/** How long a link works: long enough to begin a download, and a paused one asks for another. */
const linkMilliseconds = 60 * 60 * 1000;

/** Signed links to the files of a model, what was uploaded first; none for a model without a file. Throws `NOT_FOUND`. */
export async function listModelFiles(context: Context, id: string): Promise<ModelFileLink[]> {
  requireScope(context, 'models:read');
  const { file, convertedFile } = await loadModel(context, id);
  const expiresAt = new Date(context.now().getTime() + linkMilliseconds);
  const linked = (
    kind: ModelFileLink['kind'],
    format: ModelFileLink['format'],
    named: NonNullable<typeof convertedFile>,
  ) => {
    const { fileName, sizeBytes, sha256 } = named;
    const url = fileLink(context, { modelId: id, sha256, fileName, expiresAt });
    return { fileName, format, kind, sizeBytes, sha256, url, expiresAt: expiresAt.toISOString() };
  };
  return [
    ...(file === null ? [] : [linked('weights', file.format, file)]),
    ...(convertedFile === null ? [] : [linked('converted', 'onnx', convertedFile)]),
  ];
}
