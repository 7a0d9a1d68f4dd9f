import { addressOf, findWeights } from '@/lib/domain/catalogue/find-weights';
import type { OfficialWeights } from '@/lib/domain/catalogue/official-weights';
import { presentEntry } from '@/lib/domain/catalogue/present-entry';
import { listAcceptedNames, listCatalogueFiles } from '@/lib/domain/catalogue/repository';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';
import { type Context, requireScope } from '@/lib/domain/context';

/** Official weights, and how far their download came. Throws `NOT_FOUND`. */
export async function getCatalogueEntry(context: Context, name: string): Promise<CatalogueEntry> {
  requireScope(context, 'models:read');
  return loadEntry(context, findWeights(name));
}

/** As `getCatalogueEntry`, for verbs whose own gate was passed. */
export async function loadEntry(context: Context, weights: OfficialWeights): Promise<CatalogueEntry> {
  const address = addressOf(context, weights);
  const [[file], accepted] = await Promise.all([
    listCatalogueFiles(context.db, [address]),
    listAcceptedNames(context.db, context.workspaceId),
  ]);
  return presentEntry(weights, { address, file: file ?? null, isLicenseAccepted: accepted.has(weights.name) });
}
