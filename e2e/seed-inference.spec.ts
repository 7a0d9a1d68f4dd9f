// The examples of the product’s documents on inference, word for word but for host, ids and key, as curl and as Python send them.
import { expect, test } from '@playwright/test';
import { makeProject, origin, uploadTinyModel } from './support/api';
import { ExampleShell, hasCurl, hasPython, redBox } from './support/example-shell';
import { initialAccount } from './support/initial-account';

const { key, username } = initialAccount;
const bearer = ['-H', `Authorization: Bearer ${key}`] as const;
const speed = {
  preprocess: expect.any(Number),
  inference: expect.any(Number),
  postprocess: expect.any(Number),
};

let shell: ExampleShell;
let project: { id: string; slug: string };
let model: { id: string; slug: string };

test.describe.configure({ mode: 'serial' });
test.skip(!hasCurl, 'curl is not installed');

test.beforeAll(async () => {
  shell = await ExampleShell.open();
  project = await makeProject('Seed inference');
  model = await uploadTinyModel(project.id, 'model');
});
test.afterAll(() => shell.close());

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
    const reply = await shell.curl(
      ...['-X', 'POST', `${origin}/v1/predict/${model.id}`, '-H', `x-api-key: ${key}`],
      ...['-F', 'file=@image.jpg', '-F', 'imgsz=640', '-F', 'conf=0.25', '-F', 'iou=0.45'],
    );
    expect(reply).toEqual({ images, metadata: expect.any(Object) });
  });

  test('Python', async () => {
    test.skip(!hasPython, 'python3 with requests is not installed');
    const reply = await shell.python(`
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
    const reply = await shell.curl(
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
      const reply = await shell.curl(
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
    expect(await shell.curl(...target, ...words)).toEqual(normalised);
    expect((await shell.curl(...target, ...words, '-F', 'normalize=False')).data[0].box).toEqual(redBox);
  });

  test('Python', async () => {
    test.skip(!hasPython, 'python3 with requests is not installed');
    const reply = await shell.python(`
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
    const reply = await shell.curl(
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
    const reply = await shell.python(`
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
      const reply = await shell.curl(
        '-X',
        'POST',
        ...bearer,
        '-F',
        'file=@image.jpg',
        `${origin}/api/models/${id}/predict`,
      );
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
    await shell.write('not-an-image.jpg', 'hello');
    const send = (file: string, target: string, ...auth: readonly string[]) =>
      shell.curl('-X', 'POST', target, ...auth, '-F', `file=@${file}`);
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
