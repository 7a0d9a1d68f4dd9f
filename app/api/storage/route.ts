import { getStorage } from '@/lib/domain/storage/get-storage';
import { defineRoute } from '@/lib/http/define-route';
import { getStorageOperation } from '@/lib/http/operations/storage';

/** GET /api/storage: used and available bytes. */
export const GET = defineRoute(getStorageOperation, ({ context }) => getStorage(context));
