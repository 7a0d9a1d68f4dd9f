import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as unknown } from '@/app/api/[[...path]]/route';
import { POST as archive } from '@/app/api/activity/archive/route';
import { GET as exportEvents } from '@/app/api/activity/export/route';
import { POST as markSeen } from '@/app/api/activity/mark-seen/route';
import { GET as listEvents } from '@/app/api/activity/route';
import { POST as unarchive } from '@/app/api/activity/unarchive/route';
import { GET as countUnseen } from '@/app/api/activity/unseen-count/route';
import { GET as live } from '@/app/api/health/live/route';
import { GET as metrics } from '@/app/api/metrics/route';
import { GET as openApi } from '@/app/api/openapi.json/route';
import { GET as storage } from '@/app/api/storage/route';
import { POST as empty } from '@/app/api/trash/empty/route';
import { DELETE as deleteForever, GET as listTrash, POST as restore } from '@/app/api/trash/route';
import { createApiKey } from '@/lib/domain/api-keys/create-api-key';
import { createProject } from '@/lib/domain/projects/create-project';
import { createTestContext, type TestContext } from '@/lib/domain/test-support/test-context';
import { trashProject } from '@/lib/domain/trash/trash-project';
import { readinessReply } from '@/lib/http/health';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Reply = {
  success: boolean;
  data: { id: string; resourceName: string; count: number }[] & { count: number; slug: string; projectCount: number };
  meta: { total: number };
  error: { code: string; details?: { path: string }[] };
};

/** Where the routes look for their services. */
const shared = globalThis as { sightlineServices?: unknown };
const keys: Record<'own' | 'other' | 'reader', string> = { own: '', other: '', reader: '' };
let test: TestContext;
beforeAll(async () => {
  test = await createTestContext();
  shared.sightlineServices = Promise.resolve({ ...test.services, isMigrated: async () => true });
  const options = { name: 'test', kind: 'ul', expiresAt: null } as const;
  keys.own = (await createApiKey(test.context, { ...options, scopes: [] })).key;
  keys.other = (await createApiKey(test.other, { ...options, scopes: [] })).key;
  keys.reader = (await createApiKey(test.context, { ...options, scopes: ['activity:read', 'trash:read'] })).key;
});
afterAll(async () => {
  shared.sightlineServices = undefined;
  await test.close();
});

type Call = { by?: keyof typeof keys | null; query?: string; method?: string; body?: unknown };

function call(handler: Handler, { by = 'own', query = '', method = 'GET', body }: Call = {}): Promise<Response> {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (by !== null) headers.set('Authorization', `Bearer ${keys[by]}`);
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  return handler(new Request(`http://localhost:3000/api/any${query}`, init), { params: Promise.resolve({}) });
}

async function replyOf(response: Response | Promise<Response>): Promise<Reply> {
  return (await (await response).json()) as Reply;
}

async function trashed(name: string): Promise<string> {
  const { id } = await createProject(test.context, { name, description: '', visibility: 'private' });
  await trashProject(test.context, id);
  return id;
}

describe('the activity API', () => {
  it('lists, marks, archives and brings back, each time with the unseen count', async () => {
    await createProject(test.context, { name: 'Seen', description: '', visibility: 'private' });
    const list = await replyOf(call(listEvents, { query: '?search=project%20Seen' }));
    expect(list).toMatchObject({ success: true, meta: { page: 1, limit: 20, total: 1 } });
    const body = { eventIds: [list.data[0].id] };
    const { count } = (await replyOf(call(countUnseen))).data;
    expect((await replyOf(call(markSeen, { method: 'POST', body }))).data.count).toBe(count - 1);
    await call(archive, { method: 'POST', body });
    const inArchive = () => replyOf(call(listEvents, { query: '?box=archive' }));
    expect((await inArchive()).meta.total).toBe(1);
    await call(unarchive, { method: 'POST', body });
    expect((await inArchive()).meta.total).toBe(0);
  });

  it('answers wrong input with every fault', async () => {
    const reply = await call(listEvents, { query: '?startDate=soon&limit=1000&box=attic' });
    expect(reply.status).toBe(400);
    const { error } = await replyOf(reply);
    expect(error.details?.map(({ path }) => path).sort()).toEqual(['box', 'limit', 'startDate']);
    for (const body of [{ eventIds: [] }, { eventIds: ['event_1'], all: true }, { all: false }]) {
      expect((await call(markSeen, { method: 'POST', body })).status, JSON.stringify(body)).toBe(400);
    }
  });

  it('takes a request without a word about events for all of them', async () => {
    await createProject(test.context, { name: 'Fresh', description: '', visibility: 'private' });
    expect((await replyOf(call(countUnseen))).data.count).toBeGreaterThan(0);
    expect((await replyOf(call(markSeen, { method: 'POST' }))).data.count).toBe(0);
  });

  it('finds nothing of another workspace', async () => {
    const { data } = await replyOf(call(listEvents));
    for (const handler of [markSeen, archive, unarchive]) {
      const reply = await call(handler, { by: 'other', method: 'POST', body: { eventIds: [data[0].id] } });
      expect(reply.status).toBe(404);
    }
    const { data: theirs } = await replyOf(call(listEvents, { by: 'other' }));
    expect(theirs.map(({ id }) => id)).not.toContain(data[0].id);
  });

  it('streams the export as a file', async () => {
    const csv = await call(exportEvents, { query: '?format=csv&search=Seen' });
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment; filename="activity-\d{4}-\d\d-\d\d\.csv"$/);
    expect((await csv.text()).split('\r\n')[1]).toContain('Created project Seen');
    const json = await call(exportEvents, { query: '?format=json' });
    expect(json.headers.get('content-type')).toBe('application/json');
    expect(Array.isArray(await json.json())).toBe(true);
    expect((await call(exportEvents, { query: '?format=exe' })).status).toBe(400);
  });

  it('lets a reading key read and no more', async () => {
    expect((await call(listEvents, { by: 'reader' })).status).toBe(200);
    const change = await call(markSeen, { by: 'reader', method: 'POST', body: { all: true } });
    expect(change.status).toBe(403);
    expect((await call(listEvents, { by: null })).status).toBe(401);
  });
});

describe('the trash API', () => {
  it('restores once, and tells others that nothing is there', async () => {
    const itemId = await trashed('Restored');
    expect((await replyOf(call(listTrash))).meta.total).toBe(1);
    const body = { itemId, type: 'project' };
    expect((await call(restore, { by: 'other', method: 'POST', body })).status).toBe(404);
    expect((await call(restore, { by: 'reader', method: 'POST', body })).status).toBe(403);
    const reply = await call(restore, { method: 'POST', body });
    expect(reply.status).toBe(200);
    expect((await replyOf(reply)).data.slug).toBe('restored');
    expect((await call(restore, { method: 'POST', body })).status).toBe(404);
  });

  it('deletes one for good, and everything', async () => {
    const itemId = await trashed('One');
    await trashed('Two');
    const body = { itemId, type: 'project' };
    expect((await call(deleteForever, { by: 'other', method: 'DELETE', body })).status).toBe(404);
    expect((await call(deleteForever, { method: 'DELETE', body })).status).toBe(200);
    expect((await replyOf(call(empty, { by: 'other', method: 'POST' }))).data.projectCount).toBe(0);
    expect((await replyOf(call(empty, { method: 'POST' }))).data.projectCount).toBe(1);
    expect((await replyOf(call(listTrash))).meta.total).toBe(0);
  });

  it('refuses types that cannot lie there', async () => {
    const reply = await call(restore, { method: 'POST', body: { itemId: 'dataset_1', type: 'planet' } });
    expect(reply.status).toBe(400);
    expect((await replyOf(reply)).error.details).toMatchObject([{ path: 'type', expected: 'project, model' }]);
  });
});

describe('the server’s own paths', () => {
  it('answer that it lives and is ready, without a key', async () => {
    expect(await live().json()).toEqual({ status: 'live' });
    expect(live().headers.get('x-request-id')).toMatch(/^req_/);
    const ready = await readinessReply();
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: 'ready', checks: { database: { isOk: true } } });
  });

  it('describe the API, and keep metrics to themselves while no token is set', async () => {
    const description = await call(openApi, { by: null });
    expect(description.headers.get('content-type')).toBe('application/json');
    expect(await description.json()).toMatchObject({ openapi: '3.1.1', servers: [{ url: test.services.origin }] });
    expect((await call(metrics, { by: null })).status).toBe(404);
  });

  it('tell the used storage', async () => {
    expect(await replyOf(call(storage))).toMatchObject({ success: true, data: { used: 0 } });
    expect((await call(storage, { by: 'reader' })).status).toBe(403);
  });

  it('refuse unknown paths in JSON', async () => {
    const reply = await unknown(new Request('http://localhost:3000/api/nowhere'));
    expect(reply.status).toBe(404);
    expect(await replyOf(reply)).toMatchObject({ success: false, error: { code: 'NOT_FOUND' } });
  });
});
