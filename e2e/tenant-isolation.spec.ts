// What belongs to one workspace does not exist for another, on no path and in no list.
import { expect, test } from '@playwright/test';
import { allOperations } from '@/lib/http/operations/all-operations';
import { accountWithKey } from './support/accounts';
import { callApi, makeProject, origin, uploadTinyModel } from './support/api';
import { redAndBlue } from './support/drawn-images';
import { initialAccount } from './support/initial-account';

/** What everybody's catalogue of official weights names belongs to nobody. */
const ofNobody = '/api/catalogue/';

/** Operations on a thing named in the path, for callers with a key: every one of them must be in the table below. */
const onThings = allOperations.filter(
  ({ path, access, surface }) =>
    path.includes('{') && !path.startsWith(ofNobody) && (access === 'caller' || surface === 'hub'),
);

test('another workspace’s ids answer 404 on every path, by every method', async () => {
  const stranger = await accountWithKey();
  const project = await makeProject('Mine alone');
  const model = await uploadTinyModel(project.id, 'mine');
  const upload = await callApi('POST', '/api/uploads', { json: { fileName: 'a.onnx', sizeBytes: 10 } });
  const key = await callApi('POST', '/api/api-keys', { json: { name: 'mine' } });
  const image = new File([new Uint8Array(await redAndBlue())], 'image.png');
  const ids: Readonly<Record<string, string>> = {
    projectId: project.id,
    modelId: model.id,
    uploadId: upload.body.data.id,
    keyId: key.body.data.id,
    project: project.slug,
    model: model.slug,
  };
  const own = await callApi('POST', '/api/projects', { key: stranger.key, json: { name: 'own' } });
  const bodies: Readonly<Record<string, Parameters<typeof callApi>[2]>> = {
    updateProject: { json: { name: 'taken over' } },
    updateModel: { json: { name: 'taken over' } },
    replaceModelFile: { form: { file: new File(['x'], 'x.onnx') } },
    predict: { form: { file: image } },
    predictBySlug: { form: { file: image } },
    hubPredict: { form: { file: image } },
    appendUpload: { headers: { 'Upload-Offset': '0' } },
  };
  for (const operation of onThings) {
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (operation.id === 'predictBySlug' && name === 'modelId') return initialAccount.username;
      const id = ids[name];
      if (id === undefined) throw new Error(`${operation.id} has a parameter ${name} that this test does not know`);
      return id;
    });
    const reply = await callApi(operation.method, path, { ...bodies[operation.id], key: stranger.key });
    expect(reply.status, `${operation.method} ${path} for a stranger`).toBe(404);
    expect(JSON.stringify(reply.body), operation.id).not.toMatch(/mine/i);
  }
  // A model cannot be put into somebody else's project, nor be made from their upload.
  const file = new File(['x'], 'x.onnx');
  expect(
    (await callApi('POST', '/api/models', { key: stranger.key, form: { file, projectId: project.id } })).status,
  ).toBe(404);
  const fromUpload = { projectId: own.body.data.id, uploadId: upload.body.data.id };
  expect((await callApi('POST', '/api/models', { key: stranger.key, json: fromUpload })).status).toBe(404);
  // Nothing of it was changed.
  expect((await callApi('GET', `/api/models/${model.id}`)).body.data).toMatchObject({ name: 'mine' });
  expect((await callApi('GET', `/api/projects/${project.id}`)).body.data).toMatchObject({ name: 'Mine alone' });
});

test('lists, searches and the trash show a stranger nothing', async () => {
  const stranger = await accountWithKey();
  const project = await makeProject('Invisible elsewhere');
  await uploadTinyModel(project.id, 'invisible');
  await callApi('DELETE', `/api/projects/${project.id}`);
  for (const path of [
    '/api/projects?search=invisible',
    `/api/models?projectId=${project.id}`,
    '/api/activity?search=invisible',
    '/api/activity/export?format=json',
    '/api/trash',
  ]) {
    const reply = await callApi('GET', path, { key: stranger.key });
    expect(reply.status, path).toBe(200);
    expect(JSON.stringify(reply.body), path).not.toMatch(/invisible/i);
  }
  const item = { itemId: project.id, type: 'project' };
  expect((await callApi('POST', '/api/trash', { key: stranger.key, json: item })).status).toBe(404);
  expect((await callApi('DELETE', '/api/trash', { key: stranger.key, json: item })).status).toBe(404);
  await callApi('POST', '/api/trash/empty', { key: stranger.key });
  expect((await callApi('POST', '/api/trash', { json: item })).status).toBe(200);
});

test('a missing, malformed, foreign, revoked or too narrow key is refused on every operation', async () => {
  const narrow = await accountWithKey(['billing']);
  const made = await callApi('POST', '/api/api-keys', { json: { name: 'to be revoked' } });
  await callApi('DELETE', `/api/api-keys/${made.body.data.id}`);
  const guarded = allOperations.filter(({ access }) => access !== 'public' && access !== 'optional');
  for (const operation of guarded) {
    const path = operation.path.replace(/\{\w+\}/g, 'nothing_1');
    const statusWith = async (key: string | null) => (await callApi(operation.method, path, { key })).status;
    expect(await statusWith(null), `${operation.id} without a key`).toBe(401);
    for (const key of ['ul_short', `ul_${'f'.repeat(40)}`, `ylk_${'0'.repeat(40)}`, made.body.data.key, '%00']) {
      expect([401, 403], `${operation.id} with ${key.slice(0, 8)}…`).toContain(await statusWith(key));
    }
    if (operation.scope !== undefined)
      expect(await statusWith(narrow.key), `${operation.id} without its scope`).toBe(403);
  }
});

test('a browser’s session does nothing for another site', async () => {
  const { cookie } = await accountWithKey();
  const post = (headers: Record<string, string>) =>
    fetch(`${origin}/api/projects`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, ...headers },
      body: JSON.stringify({ name: 'forged' }),
    }).then(({ status }) => status);
  expect(await post({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).toBe(403);
  expect(await post({ 'sec-fetch-site': 'same-site', origin: 'https://evil.example' })).toBe(403);
  expect(await post({ origin: 'https://evil.example' })).toBe(403);
  expect(await post({})).toBe(403);
  expect(await post({ 'sec-fetch-site': 'same-origin', origin })).toBe(201);
});
