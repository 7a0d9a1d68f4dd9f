import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as download } from '@/app/api/files/[sha256]/[fileName]/route';
import { GET as redirect } from '@/app/api/models/[modelId]/download/route';
import { PUT as replace } from '@/app/api/models/[modelId]/file/route';
import { GET as files } from '@/app/api/models/[modelId]/files/route';
import { DELETE as trash, PATCH as update } from '@/app/api/models/[modelId]/route';
import { POST as create, GET as list } from '@/app/api/models/route';
import { PATCH as append, DELETE as cancel, GET as upload } from '@/app/api/uploads/[uploadId]/route';
import { POST as begin } from '@/app/api/uploads/route';
import { createApiKey } from '@/lib/domain/api-keys/create-api-key';
import type { Context } from '@/lib/domain/context';
import { modelWorld, newProject, traces } from '@/lib/domain/models/test-support/model-material';
import { tinyCheckpoint } from '@/lib/engines/model-files/test-support/stored-zip';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Json = { success: boolean; data: Record<string, string> & { file: { sha256: string } }; error: { code: string } };

/** Where the routes look for their services. */
const shared = globalThis as { sightlineServices?: unknown };
const world = modelWorld();
let key: string;
let otherKey: string;
beforeAll(async () => {
  shared.sightlineServices = Promise.resolve(world.test.services);
  [key, otherKey] = [await keyOf(world.context), await keyOf(world.test.other)];
});
afterAll(() => {
  shared.sightlineServices = undefined;
});

async function keyOf(context: Context): Promise<string> {
  return (await createApiKey(context, { name: 'test', kind: 'ul', scopes: [], expiresAt: null })).key;
}

function call(
  handler: Handler,
  init: RequestInit & { by?: string; url?: string } = {},
  params = {},
): Promise<Response> {
  const { by = key, url = 'http://localhost:3000/api', ...rest } = init;
  const headers = new Headers(rest.headers);
  if (by !== '') headers.set('Authorization', `Bearer ${by}`);
  return handler(new Request(url, { ...rest, headers }), { params: Promise.resolve(params) });
}

function form(bytes: Uint8Array, fileName: string, fields: Record<string, string> = {}): FormData {
  const data = new FormData();
  data.set('file', new File([Buffer.from(bytes)], fileName));
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

function json(value: unknown): RequestInit {
  return { body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } };
}

async function bodyOf(response: Response): Promise<Json> {
  return (await response.json()) as Json;
}

describe('the models API', () => {
  it('takes a model as a form and gives it back by a signed link, whole or in part', async () => {
    const bytes = tinyModel();
    const fields = { projectId: world.projectId, name: 'Signs' };
    const created = await call(create, { method: 'POST', body: form(bytes, 'größe (1).onnx', fields) });
    expect(created.status).toBe(201);
    const { id, file } = (await bodyOf(created)).data;
    expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));

    const links = await call(files, {}, { modelId: id });
    const [{ url }] = ((await links.json()) as { data: { url: string }[] }).data;
    const [, , , sha256, fileName] = new URL(url).pathname.split('/').map(decodeURIComponent);
    const whole = await call(download, { url, by: '' }, { sha256, fileName });
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-disposition')).toContain("filename*=UTF-8''gr%C3%B6%C3%9Fe%20%281%29.onnx");
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(Buffer.from(bytes));
    const range = { Range: 'bytes=5-9' };
    const part = await call(download, { url, by: '', headers: range }, { sha256, fileName });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(Buffer.from(bytes.subarray(5, 10)));

    const redirected = await call(redirect, {}, { modelId: id });
    expect(redirected.status).toBe(302);
    expect(redirected.headers.get('location')).toContain(`/api/files/${sha256}/`);

    expect((await call(trash, { method: 'DELETE' }, { modelId: id })).status).toBe(200);
    expect((await call(download, { url, by: '' }, { sha256, fileName })).status).toBe(404);
  });

  it('takes a model in pieces', async () => {
    const bytes = tinyCheckpoint('in pieces');
    const begun = await call(begin, { method: 'POST', ...json({ fileName: 'best.pt', sizeBytes: bytes.length }) });
    expect(begun.status).toBe(201);
    const uploadId = (await bodyOf(begun)).data.id;
    const send = (offset: number, end: number) =>
      call(
        append,
        {
          method: 'PATCH',
          headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
          body: Buffer.from(bytes.subarray(offset, end)),
        },
        { uploadId },
      );
    expect((await send(0, 100)).status).toBe(200);
    const wrong = await send(50, 60);
    expect(wrong.status).toBe(409);
    expect(await wrong.json()).toMatchObject({ error: { details: [{ path: 'Upload-Offset', expected: '100' }] } });
    expect((await bodyOf(await call(upload, {}, { uploadId }))).data.offset).toBe(100);
    expect((await send(100, bytes.length)).status).toBe(200);
    const created = await call(create, { method: 'POST', ...json({ projectId: world.projectId, uploadId }) });
    expect(created.status).toBe(201);
    expect((await bodyOf(created)).data.status).toBe('stored');
    expect((await call(cancel, { method: 'DELETE' }, { uploadId })).status).toBe(404);
  });

  it('keeps nothing of a form that is refused after its file has arrived', async () => {
    const before = await traces(world.context, world.test.folder);
    const attempts: [Record<string, string>, string, number][] = [
      [{}, key, 400],
      [{ projectId: 'project_unknown' }, key, 404],
      [{ projectId: world.projectId, name: ' ' }, key, 400],
      [{ projectId: world.projectId }, otherKey, 404],
      [{ projectId: world.projectId }, '', 401],
    ];
    for (const [fields, by, status] of attempts) {
      const refused = await call(create, { method: 'POST', by, body: form(tinyCheckpoint('kept?'), 'a.pt', fields) });
      expect(refused.status).toBe(status);
    }
    expect(await traces(world.context, world.test.folder)).toEqual(before);
  });

  it('answers another tenant and an impossible id alike', async () => {
    const fields = { projectId: world.projectId };
    const created = await call(create, { method: 'POST', body: form(tinyCheckpoint('mine'), 'a.pt', fields) });
    const { id } = (await bodyOf(created)).data;
    const change = json({ name: 'theirs' });
    const theirs = (await newProject(world.test.other)).id;
    for (const modelId of [id, 'model_unknown', 'model_\0', '../../x', "' or 1=1"]) {
      const attempts = [
        call(update, { method: 'PATCH', by: otherKey, ...change }, { modelId }),
        call(trash, { method: 'DELETE', by: otherKey }, { modelId }),
        call(files, { by: otherKey }, { modelId }),
        call(redirect, { by: otherKey }, { modelId }),
        call(replace, { method: 'PUT', by: otherKey, body: form(tinyCheckpoint('theirs'), 'a.pt') }, { modelId }),
      ];
      for (const attempt of attempts) expect((await attempt).status).toBe(404);
    }
    const page = await call(list, { by: otherKey, url: `http://localhost:3000/api/models?projectId=${theirs}` });
    expect(await page.json()).toEqual({ success: true, data: [], meta: { page: 1, limit: 20, total: 0 } });
  });

  it.each(['?search=%00', '?search=%25%27%3B--', '?search=%ED%A0%80', '?projectId=project_%00', '?page=0', '?sort=x'])(
    'answers the list%s without a fault of its own',
    async (query) => {
      const { status } = await call(list, { url: `http://localhost:3000/api/models${query}` });
      expect([200, 400]).toContain(status);
    },
  );
});
