// Bodies and files that are meant to do harm: each is refused in the API's own words, nothing is written,
// and the server goes on.
import { crc32, deflateRawSync, deflateSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { storedZip } from '@/lib/engines/model-files/test-support/stored-zip';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { callApi, makeProject, uploadTinyModel } from './support/api';
import { attack, expectHarmless, type RawRequest, rawCall } from './support/attack';
import { redAndBlue } from './support/drawn-images';

let project: { id: string };
let model: { id: string };
let predict: string;

test.beforeAll(async () => {
  project = await makeProject('Under attack');
  model = await uploadTinyModel(project.id, 'target');
  predict = `/api/models/${model.id}/predict`;
});

test.afterEach(async () => {
  const file = new File([new Uint8Array(await redAndBlue())], 'image.png');
  const { status, body } = await callApi('POST', predict, { form: { file } });
  expect(status, 'the server still answers').toBe(200);
  expect(body.predictions).toHaveLength(2);
});

const boundary = 'attack';
const multipart = { 'content-type': `multipart/form-data; boundary=${boundary}` };

function part(name: string, content: string, fileName?: string): string {
  const file = fileName === undefined ? '' : `; filename="${fileName}"`;
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
}

function form(...parts: readonly string[]): Buffer<ArrayBuffer> {
  return Buffer.from(`${parts.join('')}--${boundary}--\r\n`);
}

async function modelNames(): Promise<string[]> {
  const { body } = await callApi('GET', `/api/models?projectId=${project.id}&limit=100`);
  return body.data.map(({ name }: { name: string }) => name);
}

test.describe('bodies', () => {
  const json = { 'content-type': 'application/json' };
  const announcing = (path: string, type: Record<string, string>, bytes: number, body: Buffer): RawRequest => ({
    method: 'POST',
    path,
    headers: { ...type, 'content-length': `${bytes}` },
    body,
  });
  const unannounced = (path: string, type: Record<string, string>, body: Buffer): RawRequest => ({
    method: 'POST',
    path,
    headers: { ...type, 'transfer-encoding': 'chunked' },
    body: Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]),
  });
  const megabytes = Buffer.from(JSON.stringify({ name: 'x'.repeat(2e6) }));

  const tooLarge: readonly (readonly [string, RawRequest])[] = [
    ['JSON that announces 2 MB', announcing('/api/projects', json, megabytes.length, megabytes)],
    ['JSON that announces a terabyte', announcing('/api/projects', json, 1e12, Buffer.from('{'))],
    ['JSON of 2 MB that announces nothing', unannounced('/api/projects', json, megabytes)],
    ['an upload that announces a terabyte', announcing('/api/models', multipart, 1e12, Buffer.from(`--${boundary}`))],
  ];
  for (const [what, request] of tooLarge) {
    test(`${what} is refused`, async () => {
      const reply = await rawCall(request);
      expect(reply?.status).toBe(413);
      if (reply !== null) expectHarmless(reply, what);
    });
  }

  test('an image of 11 MB is refused, announced or not', async () => {
    const body = form(part('file', 'x'.repeat(11 * 2 ** 20), 'image.png'));
    expect((await attack('POST', predict, { bytes: body, headers: multipart })).status).toBe(413);
    const reply = await rawCall(unannounced(predict, multipart, body));
    expect(reply?.status).toBe(413);
  });

  for (const then of ['close', 'leave'] as const) {
    test(`an upload that is cut off (${then}) leaves no model`, async () => {
      const whole = form(
        part('projectId', project.id),
        part('name', `cut off by ${then}`),
        part('file', 'x'.repeat(5000), 'a.onnx'),
      );
      const headers = { ...multipart, 'content-length': `${whole.length}` };
      const reply = await rawCall({
        method: 'POST',
        path: '/api/models',
        headers,
        body: whole.subarray(0, 3000),
        then,
      });
      if (reply !== null) expect(reply.status).toBe(400);
      expect(await modelNames()).not.toContain(`cut off by ${then}`);
    });
  }

  const malformed: readonly (readonly [string, string, number, Record<string, string>, Buffer<ArrayBuffer>])[] = [
    ['JSON as text', '/api/projects', 415, { 'content-type': 'text/plain' }, Buffer.from('{"name":"x"}')],
    ['JSON without a type', '/api/projects', 415, {}, Buffer.from('{"name":"x"}')],
    ['half of some JSON', '/api/projects', 400, json, Buffer.from('{"name":"x"')],
    ['JSON in another encoding', '/api/projects', 400, json, Buffer.from('{"name":"\xff"}', 'latin1')],
    ['a list', '/api/projects', 400, json, Buffer.from('[]')],
    ['null', '/api/projects', 400, json, Buffer.from('null')],
    ['a hundred thousand brackets', '/api/projects', 400, json, Buffer.from('['.repeat(100_000))],
    ['deep JSON', '/api/projects', 400, json, Buffer.from(`${'{"name":'.repeat(20_000)}1${'}'.repeat(20_000)}`)],
    ['a zipped body', '/api/projects', 415, { ...json, 'content-encoding': 'gzip' }, Buffer.from('x')],
    ['a form without boundary', '/api/models', 400, { 'content-type': 'multipart/form-data' }, form()],
    ['a form that never begins', '/api/models', 400, multipart, Buffer.from('x'.repeat(1000))],
    ['an empty form', '/api/models', 400, multipart, form()],
    ['an image as a model’s body', '/api/models', 415, { 'content-type': 'image/png' }, Buffer.from('x')],
    ['a part without a name', '/api/models', 400, multipart, form(part('', 'x'))],
    ['a field twice', '/api/models', 400, multipart, form(part('name', 'a'), part('name', 'b'))],
    ['a file where none belongs', '/api/models', 400, multipart, form(part('avatar', 'x', 'a.png'))],
    ['a field of a megabyte', '/api/models', 413, multipart, form(part('name', 'x'.repeat(2 ** 20)))],
  ];
  for (const [what, path, status, headers, bytes] of malformed) {
    test(`${what} is refused`, async () => {
      expect((await attack('POST', path, { headers, bytes })).status).toBe(status);
    });
  }

  test('a thousand fields and a thousand files are refused, and nothing of them is kept', async () => {
    const before = await modelNames();
    const onnx = Buffer.from(tinyModel()).toString('latin1');
    const fields = Array.from({ length: 1000 }, (_, index) => part(`field-${index}`, 'x'));
    const files = Array.from({ length: 1000 }, () => part('file', 'x', 'a.onnx'));
    for (const parts of [fields, files, [part('file', onnx, 'a.onnx'), ...fields]]) {
      const bytes = form(part('projectId', project.id), ...parts);
      expect((await attack('POST', '/api/models', { headers: multipart, bytes })).status).toBe(400);
    }
    expect(await modelNames()).toEqual(before);
  });

  test('a form cannot reach what objects inherit', async () => {
    const bytes = form(part('__proto__', 'x'), part('constructor', 'x'), part('projectId', project.id));
    expect((await attack('POST', '/api/models', { headers: multipart, bytes })).status).toBe(400);
    const text = `{"name":"Plain","__proto__":{"visibility":"public"},"constructor":{"prototype":{"plan":"pro"}}}`;
    const made = await attack('POST', '/api/projects', { headers: json, bytes: Buffer.from(text) });
    expect(made.body.data).toMatchObject({ name: 'Plain', visibility: 'private' });
  });

  test('lengths that contradict each other are refused', async () => {
    const body = Buffer.from('0\r\n\r\nGET /api/account HTTP/1.1\r\nhost: x\r\n\r\n');
    const headers = { ...json, 'content-length': '6', 'transfer-encoding': 'chunked' };
    expect((await rawCall({ method: 'POST', path: '/api/projects', headers, body }))?.status).toBe(400);
  });
});

test.describe('files', () => {
  const image = (bytes: Uint8Array<ArrayBuffer>, name = 'image.png') => ({ form: { file: new File([bytes], name) } });

  test('a PNG of 20 000 × 20 000 pixels in a few kilobytes is refused at once', async () => {
    const bomb = pngBomb(20_000);
    expect(bomb.length).toBeLessThan(100_000);
    const started = performance.now();
    const sent = await attack('POST', predict, image(bomb));
    expect(sent.status).toBe(413);
    const named = await attack('POST', predict, { json: { source: bomb.toString('base64') } });
    expect(named.status).toBe(413);
    expect((performance.now() - started) / 1000).toBeLessThan(10);
  });

  test('checkpoints that unpack to a gigabyte, and zips that lie, are refused', async () => {
    const content = deflateRawSync(Buffer.alloc(2 ** 28));
    const claims = { method: 8, sizeBytes: 2 ** 28 };
    const version = { name: 'best/version', bytes: Buffer.from('3\n') };
    const bombs = [
      storedZip([{ name: 'best/data.pkl', bytes: content, claims }, version]),
      storedZip([{ name: 'best/data.pkl', bytes: content, claims: { method: 8, sizeBytes: 10 } }, version]),
      storedZip([{ name: 'best/data.pkl', bytes: Buffer.from('x'), claims: { sizeBytes: 0xfffffff0 } }, version]),
      storedZip([{ name: '../../../etc/passwd', bytes: Buffer.from('x') }, version]),
      Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18, 0xff)]),
    ];
    const before = await modelNames();
    for (const [index, bomb] of bombs.entries()) {
      const file = new File([Buffer.from(bomb)], 'bomb.pt');
      const reply = await attack('POST', '/api/models', { form: { projectId: project.id, file } });
      expect([400, 415], `bomb ${index}: ${JSON.stringify(reply.body)}`).toContain(reply.status);
    }
    expect(await modelNames()).toEqual(before);
  });

  test('models that are none are refused', async () => {
    const onnx = Buffer.from(tinyModel());
    const half = onnx.subarray(0, onnx.length / 2);
    const pickle = Buffer.from('\x80\x02cos\nsystem\nX\x02\x00\x00\x00id\x85R.', 'latin1');
    const claimsMore = Buffer.from([0x3a, 0xff, 0xff, 0xff, 0xff, 0x7f]);
    for (const bytes of [Buffer.alloc(0), half, pickle, claimsMore, Buffer.from('<html>'), Buffer.alloc(5000)]) {
      for (const name of ['a.onnx', 'a.pt']) {
        const reply = await attack('POST', '/api/models', {
          form: { projectId: project.id, file: new File([bytes], name) },
        });
        expect([400, 415], `${name} of ${bytes.length} bytes`).toContain(reply.status);
      }
    }
  });

  test('images that are none are refused', async () => {
    const png = Buffer.from(await redAndBlue());
    const broken = Buffer.from(png);
    broken.fill(0xff, 60, 90);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>';
    const entity = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${svg}&e;`;
    const files = [
      Buffer.alloc(0),
      png.subarray(0, 20),
      png.subarray(0, 40),
      broken,
      Buffer.from(svg),
      Buffer.from(entity),
    ];
    for (const bytes of files) {
      const reply = await attack('POST', predict, image(bytes));
      expect([400, 415], `${bytes.length} bytes`).toContain(reply.status);
      expect((await attack('POST', `/v1/predict/${model.id}`, image(bytes))).status).toBe(reply.status);
    }
  });
});

/** A PNG of one black bit per pixel, with everything that belongs to one. */
function pngBomb(side: number): Buffer<ArrayBuffer> {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 1;
  const rows = deflateSync(Buffer.alloc(side * (1 + side / 8)));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, pngChunk('IHDR', head), pngChunk('IDAT', rows), pngChunk('IEND', Buffer.alloc(0))]);
}

function pngChunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}
