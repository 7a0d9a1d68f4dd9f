import { deletedForever, listTrashQuery, restoredItem, trashItem, trashSelection } from '@/lib/domain/trash/schema';
import { defineOperation } from '@/lib/http/operation';

const shared = { tag: 'Trash', surface: 'platform', access: 'caller', limit: 'api' } as const;
const example = { itemId: 'model_3k9m2p7qx5w8t4z6a2bc', type: 'model' };

export const listTrashOperation = defineOperation({
  ...shared,
  id: 'listTrash',
  method: 'GET',
  path: '/api/trash',
  summary: 'List what lies in the trash',
  description: 'Last deleted first. Models that went to the trash with their project are part of its entry.',
  scope: 'trash:read',
  query: listTrashQuery,
  body: { kind: 'none' },
  reply: { kind: 'page', schema: trashItem },
});

export const restoreItemOperation = defineOperation({
  ...shared,
  id: 'restoreItem',
  method: 'POST',
  path: '/api/trash',
  summary: 'Restore an item from the trash',
  description: 'A project brings back the models that went to the trash with it.',
  scope: 'trash',
  body: { kind: 'json', schema: trashSelection },
  reply: { kind: 'data', schema: restoredItem },
  errors: ['NOT_FOUND', 'CONFLICT'],
  example,
});

export const deleteForeverOperation = defineOperation({
  ...shared,
  id: 'deleteForever',
  method: 'DELETE',
  path: '/api/trash',
  summary: 'Delete an item of the trash for good',
  description: 'A project takes all its models along. This cannot be undone.',
  scope: 'trash',
  body: { kind: 'json', schema: trashSelection },
  reply: { kind: 'data', schema: deletedForever },
  errors: ['NOT_FOUND'],
  example,
});

export const emptyTrashOperation = defineOperation({
  ...shared,
  id: 'emptyTrash',
  method: 'POST',
  path: '/api/trash/empty',
  summary: 'Delete everything in the trash for good',
  description: 'This cannot be undone.',
  scope: 'trash',
  body: { kind: 'none' },
  reply: { kind: 'data', schema: deletedForever },
});
