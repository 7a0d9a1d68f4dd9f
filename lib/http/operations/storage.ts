import { storageUse } from '@/lib/domain/storage/schema';
import { defineOperation } from '@/lib/http/operation';

export const getStorageOperation = defineOperation({
  tag: 'Storage',
  surface: 'platform',
  access: 'caller',
  limit: 'api',
  id: 'getStorage',
  method: 'GET',
  path: '/api/storage',
  summary: 'Get used and available storage',
  scope: 'storage:read',
  body: { kind: 'none' },
  reply: { kind: 'data', schema: storageUse },
});
