import { listCatalogue } from '@/lib/domain/catalogue/list-catalogue';
import { defineRoute } from '@/lib/http/define-route';
import { listCatalogueOperation } from '@/lib/http/operations/catalogue';

/** GET /api/catalogue: all official weights. */
export const GET = defineRoute(listCatalogueOperation, ({ context }) => listCatalogue(context));
