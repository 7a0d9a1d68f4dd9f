import { addressOf } from '@/lib/domain/catalogue/find-weights';
import { officialWeights } from '@/lib/domain/catalogue/official-weights';
import { presentEntry } from '@/lib/domain/catalogue/present-entry';
import { listAcceptedNames, listCatalogueFiles } from '@/lib/domain/catalogue/repository';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';
import { type Context, requireScope } from '@/lib/domain/context';

/** All official weights, with what this server has of them. */
export async function listCatalogue(context: Context): Promise<CatalogueEntry[]> {
  requireScope(context, 'models:read');
  const { db, workspaceId } = context;
  const addresses = officialWeights.map((weights) => addressOf(context, weights));
  const [files, accepted] = await Promise.all([listCatalogueFiles(db, addresses), listAcceptedNames(db, workspaceId)]);
  const byAddress = new Map(files.map((file) => [file.address, file]));
  return officialWeights.map((weights) => {
    const address = addressOf(context, weights);
    const file = byAddress.get(address) ?? null;
    return presentEntry(weights, { address, file, isLicenseAccepted: accepted.has(weights.name) });
  });
}
