import {
  activityEvent,
  eventSelection,
  exportActivityQuery,
  listActivityQuery,
  unseenActivity,
} from '@/lib/domain/activity/schema';
import { defineOperation } from '@/lib/http/operation';

const shared = { tag: 'Activity', surface: 'platform', access: 'caller', limit: 'api' } as const;

export const listActivityOperation = defineOperation({
  ...shared,
  id: 'listActivity',
  method: 'GET',
  path: '/api/activity',
  summary: 'List activity events',
  description: 'Newest first. What is seen and archived is each person’s own.',
  scope: 'activity:read',
  query: listActivityQuery,
  body: { kind: 'none' },
  reply: { kind: 'page', schema: activityEvent },
});

export const countUnseenActivityOperation = defineOperation({
  ...shared,
  id: 'countUnseenActivity',
  method: 'GET',
  path: '/api/activity/unseen-count',
  summary: 'Count unseen events',
  scope: 'activity:read',
  body: { kind: 'none' },
  reply: { kind: 'data', schema: unseenActivity },
});

export const exportActivityOperation = defineOperation({
  ...shared,
  id: 'exportActivity',
  method: 'GET',
  path: '/api/activity/export',
  summary: 'Download activity events as CSV or JSON',
  description:
    'The whole filtered set, newest first: CSV with a header line (RFC 4180), or a JSON array of the objects that the list gives.',
  scope: 'activity:read',
  query: exportActivityQuery,
  body: { kind: 'none' },
  reply: { kind: 'bytes', contentType: 'text/csv', description: 'text/csv, or application/json with format=json' },
});

const selectionExample = { eventIds: ['event_3k9m2p7qx5w8t4z6a2bc'] };

export const markActivitySeenOperation = defineOperation({
  ...shared,
  id: 'markActivitySeen',
  method: 'POST',
  path: '/api/activity/mark-seen',
  summary: 'Mark events as seen',
  scope: 'activity',
  body: { kind: 'json', schema: eventSelection },
  reply: { kind: 'data', schema: unseenActivity },
  errors: ['NOT_FOUND'],
  example: { all: true },
});

export const archiveActivityOperation = defineOperation({
  ...shared,
  id: 'archiveActivity',
  method: 'POST',
  path: '/api/activity/archive',
  summary: 'Move events from the inbox to the archive',
  description: 'What is archived counts as seen.',
  scope: 'activity',
  body: { kind: 'json', schema: eventSelection },
  reply: { kind: 'data', schema: unseenActivity },
  errors: ['NOT_FOUND'],
  example: selectionExample,
});

export const unarchiveActivityOperation = defineOperation({
  ...shared,
  id: 'unarchiveActivity',
  method: 'POST',
  path: '/api/activity/unarchive',
  summary: 'Move events from the archive back to the inbox',
  scope: 'activity',
  body: { kind: 'json', schema: eventSelection },
  reply: { kind: 'data', schema: unseenActivity },
  errors: ['NOT_FOUND'],
  example: selectionExample,
});
