// The examples of the product’s REST API reference, word for word but for host, ids and key, as curl sends them.
import { expect, test } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { accountWithKey } from './support/accounts';
import { makeProject, origin, uploadTinyModel } from './support/api';
import { ExampleShell, hasCurl, redBox } from './support/example-shell';
import { initialAccount } from './support/initial-account';

const { key } = initialAccount;
const bearer = ['-H', `Authorization: Bearer ${key}`] as const;

let shell: ExampleShell;
let project: { id: string; slug: string };
let model: { id: string; slug: string };

test.describe.configure({ mode: 'serial' });
test.skip(!hasCurl, 'curl is not installed');

test.beforeAll(async () => {
  shell = await ExampleShell.open();
  project = await makeProject('Seed reference');
  model = await uploadTinyModel(project.id, 'model');
});
test.afterAll(() => shell.close());

test.describe('REST API reference (000)', () => {
  test('quick start: run inference on a model', async () => {
    const reply = await shell.curl(
      '-X',
      'POST',
      ...bearer,
      '-F',
      'file=@image.jpg',
      `${origin}/api/models/${model.id}/predict`,
    );
    expect(reply).toEqual({
      success: true,
      predictions: [
        { class: 'red', classId: 0, confidence: 0.875, box: redBox },
        { class: 'blue', classId: 2, confidence: 0.625, box: { x1: 48, y1: 40, x2: 56, y2: 48 } },
      ],
      image: { width: 64, height: 64 },
      speed: { preprocess: expect.any(Number), inference: expect.any(Number), postprocess: expect.any(Number) },
    });
  });

  test('projects: list, create, get', async () => {
    const json = ['-H', 'Content-Type: application/json', '-d'] as const;
    const made = await shell.curl(
      '-X',
      'POST',
      ...bearer,
      ...json,
      '{"name":"my-project","description":"Detection experiments"}',
      `${origin}/api/projects`,
    );
    expect(made).toMatchObject({
      success: true,
      data: { name: 'my-project', slug: 'my-project', visibility: 'private' },
    });
    expect(made.data.id).toMatch(/^project_/);
    expect(await shell.curl(...bearer, `${origin}/api/projects/${made.data.id}`)).toEqual({
      success: true,
      data: made.data,
    });
    const list = await shell.curl(...bearer, `${origin}/api/projects?page=1&limit=50`);
    expect(list.meta).toEqual({ page: 1, limit: 50, total: expect.any(Number) });
    expect(list.data.map(({ id }: { id: string }) => id)).toContain(made.data.id);
  });

  test('models: upload, list by project and task, get, files, delete', async () => {
    const upload = await shell.curl(
      '-X',
      'POST',
      ...bearer,
      '-F',
      'file=@best.onnx',
      '-F',
      `projectId=${project.id}`,
      '-F',
      'name=second',
      `${origin}/api/models`,
    );
    expect(upload).toMatchObject({
      success: true,
      data: { name: 'second', task: 'detect', status: 'ready', projectId: project.id },
    });
    const { id } = upload.data;
    const list = await shell.curl(...bearer, `${origin}/api/models?projectId=${project.id}&task=detect`);
    expect(list.data.map((found: { id: string }) => found.id)).toContain(id);
    expect((await shell.curl(...bearer, `${origin}/api/models?projectId=${project.id}&task=pose`)).data).toEqual([]);
    const files = await shell.curl(...bearer, `${origin}/api/models/${id}/files`);
    const [{ url }] = files.data;
    expect(Buffer.compare(await shell.curlBytes(url), Buffer.from(tinyModel()))).toBe(0);
    expect(await shell.curl('-X', 'DELETE', ...bearer, `${origin}/api/models/${id}`)).toMatchObject({ success: true });
    expect(await shell.curl(...bearer, `${origin}/api/models/${id}`)).toMatchObject({
      success: false,
      error: { code: 'NOT_FOUND' },
    });
  });

  test('activity: list by dates and words, mark seen, archive', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const list = await shell.curl(...bearer, `${origin}/api/activity?startDate=${today}&endDate=${today}&search=seed`);
    expect(list.data[0]).toMatchObject({ resourceType: expect.any(String), message: expect.stringMatching(/seed/i) });
    expect(await shell.curl('-X', 'POST', ...bearer, `${origin}/api/activity/mark-seen`)).toMatchObject({
      success: true,
    });
    expect(await shell.curl('-X', 'POST', ...bearer, `${origin}/api/activity/archive`)).toMatchObject({
      success: true,
    });
  });

  test('trash: list, restore, empty', async () => {
    // Other journeys keep things in the trash of the first account; who empties one needs their own.
    const someone = await accountWithKey();
    const own = ['-H', `Authorization: Bearer ${someone.key}`];
    const gone = await makeProject('To be restored', someone.key);
    await shell.curl('-X', 'DELETE', ...own, `${origin}/api/projects/${gone.id}`);
    const list = await shell.curl(...own, `${origin}/api/trash`);
    expect(list.data).toContainEqual(expect.objectContaining({ id: gone.id, type: 'project' }));
    const restored = await shell.curl(
      '-X',
      'POST',
      ...own,
      '-H',
      'Content-Type: application/json',
      '-d',
      `{"itemId":"${gone.id}","type":"project"}`,
      `${origin}/api/trash`,
    );
    expect(restored).toMatchObject({ success: true });
    expect(await shell.curl('-X', 'POST', ...own, `${origin}/api/trash/empty`)).toMatchObject({ success: true });
    expect((await shell.curl(...own, `${origin}/api/trash`)).data).toEqual([]);
    expect(await shell.curl(...own, `${origin}/api/projects/${gone.id}`)).toMatchObject({ success: true });
  });

  test('storage', async () => {
    const { success, data } = await shell.curl(...bearer, `${origin}/api/storage`);
    expect(success).toBe(true);
    expect(data).toMatchObject({ used: expect.any(Number) });
  });

  test('API keys: create with scopes, list, delete', async () => {
    const body = '{"name":"training-server","scopes":["training","models"]}';
    const made = await shell.curl(
      '-X',
      'POST',
      ...bearer,
      '-H',
      'Content-Type: application/json',
      '-d',
      body,
      `${origin}/api/api-keys`,
    );
    expect(made.data.key).toMatch(/^ul_[0-9a-f]{40}$/);
    const list = await shell.curl(...bearer, `${origin}/api/api-keys`);
    expect(JSON.stringify(list)).not.toContain(made.data.key);
    expect(list.data).toContainEqual(
      expect.objectContaining({ name: 'training-server', scopes: ['training', 'models'] }),
    );
    expect(await shell.curl('-X', 'DELETE', ...bearer, `${origin}/api/api-keys/${made.data.id}`)).toMatchObject({
      success: true,
    });
    const refused = await shell.curl('-H', `Authorization: Bearer ${made.data.key}`, `${origin}/api/projects`);
    expect(refused).toMatchObject({ success: false, error: { code: 'UNAUTHORIZED' } });
  });

  test('rate limit headers and a validation error', async () => {
    const head = String(await shell.curlBytes('-D', '-', '-o', '/dev/null', ...bearer, `${origin}/api/projects`));
    expect(head).toMatch(/x-ratelimit-limit: \d+/i);
    expect(head).toMatch(/x-ratelimit-remaining: \d+/i);
    expect(head).toMatch(/x-ratelimit-reset: \d{10}/i);
    expect(head).toMatch(/x-request-id: req_/i);
    expect(await shell.curl(...bearer, `${origin}/api/projects?limit=1000`)).toMatchObject({
      success: false,
      error: { code: 'VALIDATION_ERROR', details: [{ path: 'limit' }] },
    });
  });
});
