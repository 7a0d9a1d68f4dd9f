// The examples of the product's public documents, word for word but for host, ids and key: as curl and as Python send them.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { accountWithKey } from './support/accounts';
import { makeProject, origin, uploadTinyModel } from './support/api';
import { redAndBlue } from './support/drawn-images';
import { initialAccount } from './support/initial-account';

const run = promisify(execFile);
const { key, username } = initialAccount;
const bearer = ['-H', `Authorization: Bearer ${key}`] as const;
const hasCurl = spawnSync('curl', ['--version']).status === 0;
const hasPython = spawnSync('python3', ['-c', 'import requests']).status === 0;

let folder: string;
let project: { id: string; slug: string };
let model: { id: string; slug: string };

test.describe.configure({ mode: 'serial' });
test.skip(!hasCurl, 'curl is not installed');

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-seeds-'));
  await writeFile(join(folder, 'image.jpg'), await redAndBlue());
  await writeFile(join(folder, 'best.onnx'), tinyModel());
  project = await makeProject('Seed examples');
  model = await uploadTinyModel(project.id, 'model');
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

/** Standard output of curl in a folder that holds image.jpg, parsed. */
// biome-ignore lint/suspicious/noExplicitAny: replies are picked apart by the assertions that describe them.
async function curl(...words: readonly string[]): Promise<any> {
  const { stdout } = await run('curl', ['--silent', '--show-error', ...words], { cwd: folder });
  return JSON.parse(stdout);
}

// biome-ignore lint/suspicious/noExplicitAny: as above.
async function python(script: string): Promise<any> {
  const { stdout } = await run('python3', ['-c', `${script}\nimport json\nprint(json.dumps(response.json()))`], {
    cwd: folder,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

const redBox = { x1: 16, y1: 16, x2: 32, y2: 32 };
const speed = {
  preprocess: expect.any(Number),
  inference: expect.any(Number),
  postprocess: expect.any(Number),
};

test.describe('REST API reference (000)', () => {
  test('quick start: run inference on a model', async () => {
    const reply = await curl(
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
      speed,
    });
  });

  test('projects: list, create, get', async () => {
    const json = ['-H', 'Content-Type: application/json', '-d'] as const;
    const made = await curl(
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
    expect(await curl(...bearer, `${origin}/api/projects/${made.data.id}`)).toEqual({ success: true, data: made.data });
    const list = await curl(...bearer, `${origin}/api/projects?page=1&limit=50`);
    expect(list.meta).toEqual({ page: 1, limit: 50, total: expect.any(Number) });
    expect(list.data.map(({ id }: { id: string }) => id)).toContain(made.data.id);
  });

  test('models: upload, list by project and task, get, files, delete', async () => {
    const upload = await curl(
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
    const list = await curl(...bearer, `${origin}/api/models?projectId=${project.id}&task=detect`);
    expect(list.data.map((found: { id: string }) => found.id)).toContain(id);
    expect((await curl(...bearer, `${origin}/api/models?projectId=${project.id}&task=pose`)).data).toEqual([]);
    const files = await curl(...bearer, `${origin}/api/models/${id}/files`);
    const [{ url }] = files.data;
    const { stdout } = await run('curl', ['--silent', url], { cwd: folder, encoding: 'buffer' });
    expect(Buffer.compare(stdout, Buffer.from(tinyModel()))).toBe(0);
    expect(await curl('-X', 'DELETE', ...bearer, `${origin}/api/models/${id}`)).toMatchObject({ success: true });
    expect(await curl(...bearer, `${origin}/api/models/${id}`)).toMatchObject({
      success: false,
      error: { code: 'NOT_FOUND' },
    });
  });

  test('activity: list by dates and words, mark seen, archive', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const list = await curl(...bearer, `${origin}/api/activity?startDate=${today}&endDate=${today}&search=seed`);
    expect(list.data[0]).toMatchObject({ resourceType: expect.any(String), message: expect.stringMatching(/seed/i) });
    expect(await curl('-X', 'POST', ...bearer, `${origin}/api/activity/mark-seen`)).toMatchObject({ success: true });
    expect(await curl('-X', 'POST', ...bearer, `${origin}/api/activity/archive`)).toMatchObject({ success: true });
  });

  test('trash: list, restore, empty', async () => {
    // Other journeys keep things in the trash of the first account; who empties one needs their own.
    const someone = await accountWithKey();
    const own = ['-H', `Authorization: Bearer ${someone.key}`];
    const gone = await makeProject('To be restored', someone.key);
    await curl('-X', 'DELETE', ...own, `${origin}/api/projects/${gone.id}`);
    const list = await curl(...own, `${origin}/api/trash`);
    expect(list.data).toContainEqual(expect.objectContaining({ id: gone.id, type: 'project' }));
    const restored = await curl(
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
    expect(await curl('-X', 'POST', ...own, `${origin}/api/trash/empty`)).toMatchObject({ success: true });
    expect((await curl(...own, `${origin}/api/trash`)).data).toEqual([]);
    expect(await curl(...own, `${origin}/api/projects/${gone.id}`)).toMatchObject({ success: true });
  });

  test('storage', async () => {
    const { success, data } = await curl(...bearer, `${origin}/api/storage`);
    expect(success).toBe(true);
    expect(data).toMatchObject({ used: expect.any(Number) });
  });

  test('API keys: create with scopes, list, delete', async () => {
    const body = '{"name":"training-server","scopes":["training","models"]}';
    const made = await curl(
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
    const list = await curl(...bearer, `${origin}/api/api-keys`);
    expect(JSON.stringify(list)).not.toContain(made.data.key);
    expect(list.data).toContainEqual(
      expect.objectContaining({ name: 'training-server', scopes: ['training', 'models'] }),
    );
    expect(await curl('-X', 'DELETE', ...bearer, `${origin}/api/api-keys/${made.data.id}`)).toMatchObject({
      success: true,
    });
    const refused = await curl('-H', `Authorization: Bearer ${made.data.key}`, `${origin}/api/projects`);
    expect(refused).toMatchObject({ success: false, error: { code: 'UNAUTHORIZED' } });
  });

  test('rate limit headers and a validation error', async () => {
    const { stdout } = await run('curl', [
      '--silent',
      '-D',
      '-',
      '-o',
      '/dev/null',
      ...bearer,
      `${origin}/api/projects`,
    ]);
    expect(stdout).toMatch(/x-ratelimit-limit: \d+/i);
    expect(stdout).toMatch(/x-ratelimit-remaining: \d+/i);
    expect(stdout).toMatch(/x-ratelimit-reset: \d{10}/i);
    expect(stdout).toMatch(/x-request-id: req_/i);
    expect(await curl(...bearer, `${origin}/api/projects?limit=1000`)).toMatchObject({
      success: false,
      error: { code: 'VALIDATION_ERROR', details: [{ path: 'limit' }] },
    });
  });
});

test.describe('HUB inference API (001)', () => {
  const images = [
    {
      results: [
        { class: 0, name: 'red', confidence: 0.875, box: redBox },
        { class: 2, name: 'blue', confidence: 0.625, box: { x1: 48, y1: 40, x2: 56, y2: 48 } },
      ],
      shape: [64, 64],
      speed,
    },
  ];

  test('curl', async () => {
    const reply = await curl(
      ...['-X', 'POST', `${origin}/v1/predict/${model.id}`, '-H', `x-api-key: ${key}`],
      ...['-F', 'file=@image.jpg', '-F', 'imgsz=640', '-F', 'conf=0.25', '-F', 'iou=0.45'],
    );
    expect(reply).toEqual({ images, metadata: expect.any(Object) });
  });

  test('Python', async () => {
    test.skip(!hasPython, 'python3 with requests is not installed');
    const reply = await python(`
import requests
url = "${origin}/v1/predict/${model.id}"
headers = {"x-api-key": "${key}"}
data = {"imgsz": 640, "conf": 0.25, "iou": 0.45}
with open("image.jpg", "rb") as image_file:
    files = {"file": image_file}
    response = requests.post(url, headers=headers, files=files, data=data)
`);
    expect(reply).toEqual({ images, metadata: expect.any(Object) });
  });

  test('a value out of range names the field and its range', async () => {
    const reply = await curl(
      '-X',
      'POST',
      `${origin}/v1/predict/${model.id}`,
      '-H',
      `x-api-key: ${key}`,
      '-F',
      'file=@image.jpg',
      '-F',
      'conf=0',
    );
    expect(reply).toEqual({ success: false, message: expect.stringMatching(/conf.*0\.01.*1/) });
  });

  for (const task of ['segment', 'pose', 'obb', 'classify'] as const) {
    test(`the reply of a ${task} model`, async () => {
      const { id } = await uploadTinyModel(project.id, `hub-${task}`, { task });
      const reply = await curl(
        '-X',
        'POST',
        `${origin}/v1/predict/${id}`,
        '-H',
        `x-api-key: ${key}`,
        '-F',
        'file=@image.jpg',
      );
      const [row] = reply.images[0].results;
      expect(row).toMatchObject({
        class: expect.any(Number),
        name: expect.any(String),
        confidence: expect.any(Number),
      });
      const parts = {
        segment: { box: redBox, segments: { x: expect.any(Array), y: expect.any(Array) } },
        pose: { keypoints: { x: expect.any(Array), y: expect.any(Array) } },
        obb: { box: { x1: expect.any(Number), y4: expect.any(Number) } },
        classify: {},
      };
      expect(row).toMatchObject(parts[task]);
    });
  }
});

test.describe('YOLO inference API (002)', () => {
  const normalised = {
    success: true,
    message: 'Inference complete.',
    data: [
      { name: 'red', class: 0, confidence: 0.875, box: { x1: 0.25, y1: 0.25, x2: 0.5, y2: 0.5 } },
      { name: 'blue', class: 2, confidence: 0.625, box: { x1: 0.75, y1: 0.625, x2: 0.875, y2: 0.75 } },
    ],
  };
  const words = ['-F', 'image=@image.jpg', '-F', 'size=640', '-F', 'confidence=0.25', '-F', 'iou=0.45'] as const;

  test('curl: fractions unless normalize is false', async () => {
    const target = ['-X', 'POST', `${origin}/v1/predict/${model.id}`, '-H', `x-api-key: ${key}`] as const;
    expect(await curl(...target, ...words)).toEqual(normalised);
    expect((await curl(...target, ...words, '-F', 'normalize=False')).data[0].box).toEqual(redBox);
  });

  test('Python', async () => {
    test.skip(!hasPython, 'python3 with requests is not installed');
    const reply = await python(`
import requests
url = f"${origin}/v1/predict/${model.id}"
headers = {"x-api-key": "${key}"}
data = {"size": 640, "confidence": 0.25, "iou": 0.45}
with open("image.jpg", "rb") as image_file:
    files = {"image": image_file}
    response = requests.post(url, headers=headers, files=files, data=data)
`);
    expect(reply).toEqual(normalised);
  });
});

test.describe('Platform inference (003)', () => {
  const address = (): string => `${origin}/api/models/${username}/${project.slug}/${model.slug}/predict`;

  test('curl by username, project and model', async () => {
    const reply = await curl(
      '-X',
      'POST',
      address(),
      ...bearer,
      '-F',
      'file=@image.jpg',
      '-F',
      'conf=0.25',
      '-F',
      'iou=0.45',
    );
    expect(reply).toMatchObject({ success: true, predictions: [{ class: 'red', box: redBox }, { class: 'blue' }] });
  });

  test('Python', async () => {
    test.skip(!hasPython, 'python3 with requests is not installed');
    const reply = await python(`
import requests
url = "${address()}"
headers = {"Authorization": "Bearer ${key}"}
files = {"file": open("image.jpg", "rb")}
data = {"conf": 0.25, "iou": 0.45}
response = requests.post(url, headers=headers, files=files, data=data)
`);
    expect(reply).toMatchObject({ success: true, image: { width: 64, height: 64 } });
  });

  for (const task of ['segment', 'pose', 'obb', 'classify'] as const) {
    test(`the reply of a ${task} model`, async () => {
      const { id } = await uploadTinyModel(project.id, `platform-${task}`, { task });
      const reply = await curl('-X', 'POST', ...bearer, '-F', 'file=@image.jpg', `${origin}/api/models/${id}/predict`);
      const [first] = reply.predictions;
      const parts = {
        segment: { segments: expect.arrayContaining([[expect.any(Number), expect.any(Number)]]) },
        pose: { keypoints: expect.arrayContaining([expect.objectContaining({ x: expect.any(Number) })]) },
        obb: { box: { x1: expect.any(Number), y4: expect.any(Number) } },
        classify: { class: expect.any(String), confidence: expect.any(Number) },
      };
      expect(first).toMatchObject(parts[task]);
    });
  }

  test('the table of errors', async () => {
    await writeFile(join(folder, 'not-an-image.jpg'), 'hello');
    const send = (file: string, target: string, ...auth: readonly string[]) =>
      curl('-X', 'POST', target, ...auth, '-F', `file=@${file}`);
    expect((await send('not-an-image.jpg', address(), ...bearer)).error).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringMatching(/^Invalid image/),
    });
    expect((await send('image.jpg', address())).error.code).toBe('UNAUTHORIZED');
    expect((await send('image.jpg', `${address().replace('/predict', 'x/predict')}`, ...bearer)).error).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(/^Model not found/),
    });
  });
});
