// The same thing asked for many times at once happens once, or as often as it may, and is recorded as often.
import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { freshAccount } from './support/accounts';
import { type ApiReply, callApi, makeProject, uploadTinyModel } from './support/api';
import { expectHarmless } from './support/attack';

/** So many calls at once, none of which may fail by a fault of the server. */
async function atOnce(count: number, call: (index: number) => Promise<ApiReply>): Promise<ApiReply[]> {
  const replies = await Promise.all(Array.from({ length: count }, (_, index) => call(index)));
  for (const reply of replies) expectHarmless(reply, 'raced');
  return replies;
}

const statuses = (replies: readonly ApiReply[]) => replies.map(({ status }) => status).sort();
const successes = (replies: readonly ApiReply[]) => replies.filter(({ status }) => status < 400);

async function countEvents(name: string, action: string): Promise<number> {
  const { body } = await callApi('GET', `/api/activity?limit=100&search=${encodeURIComponent(name)}`);
  return body.data.filter((event: { action: string }) => event.action === action).length;
}

test('twenty projects of one name get twenty addresses', async () => {
  const name = `Twenty ${Date.now()}`;
  const replies = await atOnce(20, () => callApi('POST', '/api/projects', { json: { name } }));
  expect(new Set(statuses(replies))).toEqual(new Set([201]));
  expect(new Set(replies.map(({ body }) => body.data.slug)).size).toBe(20);
  expect(await countEvents(name, 'created')).toBe(20);
});

test('models of one name get addresses of their own', async () => {
  const project = await makeProject('Raced models');
  const file = new File([Buffer.from(tinyModel())], 'a.onnx');
  const form = { projectId: project.id, name: 'same', file };
  const replies = await atOnce(6, () => callApi('POST', '/api/models', { form }));
  expect(new Set(statuses(replies))).toEqual(new Set([201]));
  expect(new Set(replies.map(({ body }) => body.data.slug)).size).toBe(6);
});

test('projects renamed to one name at once keep addresses of their own', async () => {
  const projects = await Promise.all(Array.from({ length: 5 }, (_, index) => makeProject(`Renamed ${index}`)));
  await atOnce(5, (index) =>
    callApi('PATCH', `/api/projects/${projects[index].id}`, { json: { name: 'All the same' } }),
  );
  const read = await Promise.all(projects.map(({ id }) => callApi('GET', `/api/projects/${id}`)));
  expect(new Set(read.map(({ body }) => body.data.slug)).size).toBe(5);
});

test.describe('in the trash', () => {
  async function trashed(name: string): Promise<{ itemId: string; type: string }> {
    const { id } = await makeProject(name);
    await uploadTinyModel(id, `model of ${name}`);
    await callApi('DELETE', `/api/projects/${id}`);
    return { itemId: id, type: 'project' };
  }

  test('a project goes there once', async () => {
    const name = `Thrown ${Date.now()}`;
    const { id } = await makeProject(name);
    const replies = await atOnce(8, () => callApi('DELETE', `/api/projects/${id}`));
    expect(statuses(replies)).toEqual([200, ...Array.from({ length: 7 }, () => 404)]);
    expect(await countEvents(name, 'trashed')).toBe(1);
  });

  test('a project comes back once', async () => {
    const name = `Restored ${Date.now()}`;
    const json = await trashed(name);
    const replies = await atOnce(8, () => callApi('POST', '/api/trash', { json }));
    expect(statuses(replies)).toEqual([200, ...Array.from({ length: 7 }, () => 404)]);
    expect(await countEvents(name, 'restored')).toBe(1);
    const { body } = await callApi('GET', `/api/models?projectId=${json.itemId}`);
    expect(body.meta.total).toBe(1);
  });

  test('a project is deleted for good once', async () => {
    const name = `Gone ${Date.now()}`;
    const json = await trashed(name);
    const replies = await atOnce(8, () => callApi('DELETE', '/api/trash', { json }));
    expect(statuses(replies)).toEqual([200, ...Array.from({ length: 7 }, () => 404)]);
    expect(await countEvents(name, 'deleted')).toBe(1);
  });

  test('a project is restored or deleted, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const json = await trashed(`Torn ${Date.now()}`);
      const replies = await atOnce(6, (index) => callApi(index % 2 === 0 ? 'POST' : 'DELETE', '/api/trash', { json }));
      expect(successes(replies)).toHaveLength(1);
      const isBack = 'slug' in successes(replies)[0].body.data;
      expect((await callApi('GET', `/api/projects/${json.itemId}`)).status).toBe(isBack ? 200 : 404);
    }
  });

  test('a model that arrives while its project goes is in neither place by half', async () => {
    const { id } = await makeProject('Going');
    const file = new File([Buffer.from(tinyModel())], 'a.onnx');
    const [upload, gone] = await atOnce(2, (index) =>
      index === 0
        ? callApi('POST', '/api/models', { form: { projectId: id, name: 'late', file } })
        : callApi('DELETE', `/api/projects/${id}`),
    );
    expect(gone.status).toBe(200);
    expect([201, 404]).toContain(upload.status);
    await callApi('POST', '/api/trash', { json: { itemId: id, type: 'project' } });
    const { body } = await callApi('GET', `/api/models?projectId=${id}`);
    expect(body.meta.total).toBe(upload.status === 201 ? 1 : 0);
  });
});

test.describe('uploads', () => {
  const bytes = Buffer.from(tinyModel());
  const begin = async (sizeBytes = bytes.length) =>
    (await callApi('POST', '/api/uploads', { json: { fileName: 'a.onnx', sizeBytes } })).body.data.id;
  const send = (id: string, offset: number | string, piece: Buffer<ArrayBuffer>) =>
    callApi('PATCH', `/api/uploads/${id}`, { bytes: piece, headers: { 'upload-offset': `${offset}` } });

  test('a piece that is sent again is refused with the right place, and changes nothing', async () => {
    const project = await makeProject('Replayed');
    const id = await begin();
    const middle = Math.floor(bytes.length / 2);
    expect((await send(id, 0, bytes.subarray(0, middle))).body.data.offset).toBe(middle);
    const again = await send(id, 0, bytes.subarray(0, middle));
    expect(again.status).toBe(409);
    expect(JSON.stringify(again.body.error)).toContain(`${middle}`);
    expect((await send(id, middle + 1, bytes.subarray(middle + 1))).status).toBe(409);
    expect((await send(id, middle, Buffer.concat([bytes.subarray(middle), Buffer.from('more')]))).status).toBe(413);
    const { body } = await callApi('GET', `/api/uploads/${id}`);
    await send(id, body.data.offset, bytes.subarray(body.data.offset));
    const made = await callApi('POST', '/api/models', { json: { projectId: project.id, uploadId: id } });
    expect(made.body.data.file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('a piece that is sent five times at once counts once at most', async () => {
    const id = await begin();
    const replies = await atOnce(5, () => send(id, 0, bytes));
    // A later one ends an earlier one, perhaps when that had written everything: then the client learns so by the offset.
    expect(successes(replies).length).toBeLessThanOrEqual(1);
    for (const { status } of replies) expect([200, 409]).toContain(status);
    const { offset } = (await callApi('GET', `/api/uploads/${id}`)).body.data;
    if (offset < bytes.length) expect((await send(id, offset, bytes.subarray(offset))).status).toBe(200);
    const project = await makeProject('Five at once');
    const made = await callApi('POST', '/api/models', { json: { projectId: project.id, uploadId: id } });
    expect(made.body.data.file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test('an upload becomes one model, however often it is handed in', async () => {
    const project = await makeProject('Handed in');
    const id = await begin();
    await send(id, 0, bytes);
    const json = { projectId: project.id, uploadId: id, name: 'once' };
    const replies = await atOnce(5, () => callApi('POST', '/api/models', { json }));
    expect(successes(replies)).toHaveLength(1);
    expect((await callApi('GET', `/api/models?projectId=${project.id}`)).body.meta.total).toBe(1);
  });

  test('offsets and sizes that are none are refused', async () => {
    const id = await begin();
    for (const offset of ['-1', '1.5', '1e3', '', ' ', 'abc', '0x0', '99999999999999999999']) {
      const { status } = await send(id, offset, bytes);
      expect([400, 409], offset).toContain(status);
    }
    for (const sizeBytes of [0, -1, 1.5, 1e300, '10', null]) {
      const { status } = await callApi('POST', '/api/uploads', { json: { fileName: 'a.onnx', sizeBytes } });
      expect([400, 413], `${sizeBytes}`).toContain(status);
    }
    expect((await callApi('POST', '/api/uploads', { json: { fileName: 'a.onnx', sizeBytes: 2 ** 31 } })).status).toBe(
      413,
    );
    expect((await callApi('GET', `/api/uploads/${id}`)).body.data.offset).toBe(0);
  });
});

test('one address of a person makes one account', async () => {
  const account = freshAccount();
  const replies = await atOnce(4, () => callApi('POST', '/api/account/sign-up', { key: null, json: account }));
  expect(statuses(replies)).toEqual([201, 409, 409, 409]);
});

test('a key that is revoked many times is revoked once', async () => {
  const name = `Revoked ${Date.now()}`;
  const { body } = await callApi('POST', '/api/api-keys', { json: { name } });
  const replies = await atOnce(6, () => callApi('DELETE', `/api/api-keys/${body.data.id}`));
  expect(successes(replies)).toHaveLength(1);
  expect((await callApi('GET', '/api/projects', { key: body.data.key })).status).toBe(401);
  expect(await countEvents(name, 'deleted')).toBe(1);
});
