import { DomainError } from '@/lib/core/errors';
import { addressOf, findWeights } from '@/lib/domain/catalogue/find-weights';
import type { OfficialWeights } from '@/lib/domain/catalogue/official-weights';
import { isAccepted, listCatalogueFiles } from '@/lib/domain/catalogue/repository';
import { type Context, requireScope } from '@/lib/domain/context';
import type { OpenFile } from '@/lib/domain/models/open-linked-file';

/** Bytes of official weights that are here. */
export type HeldWeights = { readonly fileName: string; readonly sha256: string; readonly sizeBytes: number };

/** The file of official weights. Throws `NOT_FOUND`, `FORBIDDEN` before the licence is accepted, `CONFLICT` before it is here. */
export async function openWeights(context: Context, name: string): Promise<OpenFile & HeldWeights> {
  requireScope(context, 'models:read');
  const held = await requireHeldWeights(context, findWeights(name));
  return { ...held, read: (range) => context.storage.open(held.sha256, range) };
}

/** As `openWeights`, for verbs whose own gate was passed. */
export async function requireHeldWeights(context: Context, weights: OfficialWeights): Promise<HeldWeights> {
  const { name, fileName } = weights;
  const { db, workspaceId } = context;
  if (!(await isAccepted(db, workspaceId, name))) {
    throw new DomainError(
      'FORBIDDEN',
      `Nobody of this workspace has accepted the licence of ${fileName} yet. Send {"acceptLicense": true} to POST /api/catalogue/${name}/download.`,
    );
  }
  const [file] = await listCatalogueFiles(db, [addressOf(context, weights)]);
  if (file?.state === 'ready' && file.sha256 !== null) {
    return { fileName, sha256: file.sha256, sizeBytes: file.receivedBytes };
  }
  throw new DomainError(
    'CONFLICT',
    `${fileName} is not here yet. GET /api/catalogue/${name} says how far its download came; POST /api/catalogue/${name}/download begins one.`,
  );
}
