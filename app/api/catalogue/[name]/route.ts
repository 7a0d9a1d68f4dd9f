import { getCatalogueEntry } from '@/lib/domain/catalogue/get-catalogue-entry';
import { defineRoute } from '@/lib/http/define-route';
import { getCatalogueEntryOperation } from '@/lib/http/operations/catalogue';

/** GET /api/catalogue/{name}: official weights, and how far their download came. */
export const GET = defineRoute(getCatalogueEntryOperation, ({ context, params }) =>
  getCatalogueEntry(context, params.name),
);
