// Addresses that are meant to lead where nobody may look: through the server into its network, its files, or past its keys.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { callApi, makeProject, origin, uploadTinyModel } from './support/api';
import { attack, expectHarmless, rawCall } from './support/attack';
import { initialAccount } from './support/initial-account';

let project: { id: string };
let model: { id: string };
let predict: string;

test.beforeAll(async () => {
  project = await makeProject('Hostile addresses');
  model = await uploadTinyModel(project.id, 'target');
  predict = `/api/models/${model.id}/predict`;
});

test.describe('addresses', () => {
  let inside: Server;
  let visits = 0;
  let port: number;
  test.beforeAll(async () => {
    inside = createServer((_, response) => {
      visits++;
      response.end('secret');
    });
    await new Promise<void>((resolve) => inside.listen(0, resolve));
    port = (inside.address() as AddressInfo).port;
  });
  test.afterAll(() => new Promise((resolve) => inside.close(resolve)));

  test('sources inside the server’s own network are not fetched, however they are written', async () => {
    const hosts =
      '127.0.0.1 localhost LOCALHOST localhost. a.localhost 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 0 0.0.0.0 [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] 10.0.0.1 172.16.0.1 192.168.0.1 169.254.169.254 100.64.0.1 224.0.0.1 255.255.255.255 [fe80::1] [fd00::1] [ff02::1] ①②⑦.0.0.1 127。0。0。1 user:word@127.0.0.1 example.com@127.0.0.1'.split(
        ' ',
      );
    for (const host of hosts) {
      const url = `http://${host}:${port}/image.png`;
      const reply = await attack('POST', predict, { json: { source: url } });
      expect(reply.status, url).toBe(400);
      expect((await attack('POST', `/v1/predict/${model.id}`, { form: { url } })).status, url).toBe(400);
    }
    expect(visits).toBe(0);
  });

  test('an open port and a closed one are answered alike', async () => {
    const messageFor = async (at: number) => {
      const { body } = await attack('POST', predict, { json: { source: `http://127.0.0.1:${at}/image.png` } });
      return body.error.message.replace(`:${at}`, ':PORT');
    };
    expect(await messageFor(port)).toBe(await messageFor(1));
  });

  test('other schemes are not followed', async () => {
    for (const source of [
      'file:///etc/passwd',
      'ftp://127.0.0.1/x',
      'gopher://127.0.0.1/x',
      'data:text/html,x',
      'http:',
      'http://',
    ]) {
      expect((await attack('POST', predict, { json: { source } })).status, source).toBe(400);
      expect((await attack('POST', `/v1/predict/${model.id}`, { form: { url: source } })).status, source).toBe(400);
    }
  });
});

test.describe('paths', () => {
  test('names of uploaded files lead nowhere', async () => {
    const bytes = Buffer.from(tinyModel());
    const names = [
      '../../../../etc/passwd.onnx',
      '..\\..\\evil.onnx',
      '/etc/evil.onnx',
      '%2e%2e%2fevil.onnx',
      '....//evil.onnx',
      `${'x'.repeat(300)}.onnx`,
      '.onnx',
      'a\r\nX-Evil: 1.onnx',
      '<img src=x onerror=alert(1)>.onnx',
    ];
    for (const name of names) {
      const made = await attack('POST', '/api/models', {
        form: { projectId: project.id, name: 'named', file: new File([bytes], name) },
      });
      expect(made.status, name).toBe(201);
      expect(made.body.data.file.fileName, name).not.toMatch(/[/\\\r\n]|^\.\.$/);
      const { body } = await callApi('GET', `/api/models/${made.body.data.id}/files`);
      const reply = await fetch(body.data[0].url);
      expect(Buffer.compare(Buffer.from(await reply.arrayBuffer()), bytes), name).toBe(0);
      expect(reply.headers.get('x-evil'), name).toBeNull();
      expect(reply.headers.get('content-disposition'), name).toMatch(/^attachment;/);
    }
  });

  test('signed links are good for their own file only', async () => {
    const { body } = await callApi('GET', `/api/models/${model.id}/files`);
    const link = new URL(body.data[0].url);
    const [, , , sha256] = link.pathname.split('/');
    const forged = ['..%2f..%2f..%2fetc%2fpasswd', '%00', 'x'.repeat(2000), '%5c..%5cpasswd'];
    for (const name of forged) {
      const reply = await attack('GET', `/api/files/${sha256}/${name}${link.search}`, { key: null });
      expect([400, 403, 404], name).toContain(reply.status);
    }
    for (const [name, value] of [
      ['expires', '9999999999'],
      ['expires', 'NaN'],
      ['model', 'model_x'],
      ['signature', ''],
    ]) {
      const changed = new URL(link);
      changed.searchParams.set(name, value);
      const reply = await attack('GET', `${changed.pathname}${changed.search}`, { key: null });
      expect(reply.status, `${name}=${value}`).toBe(403);
    }
    const otherHash = link.pathname.replace(sha256, 'f'.repeat(64));
    expect((await attack('GET', `${otherHash}${link.search}`, { key: null })).status).toBe(403);
  });

  test('ranges that are none are no harm', async () => {
    const { body } = await callApi('GET', `/api/models/${model.id}/files`);
    const path = body.data[0].url.replace(origin, '');
    const many = `bytes=${Array.from({ length: 1000 }, (_, index) => `${index}-${index}`).join(',')}`;
    for (const range of [
      'bytes=-1',
      'bytes=0-',
      'bytes=99999999999999999999-',
      'bytes=5-1',
      'bytes=a-b',
      'bytes=-0',
      'x',
      many,
    ]) {
      const { status } = await callApi('GET', path, { key: null, headers: { range } });
      expect([200, 206, 416], range.slice(0, 40)).toContain(status);
    }
  });

  test('paths that climb end at no file', async () => {
    for (const path of [
      '/api/files/../../etc/passwd',
      '/../../etc/passwd',
      '/_next/static/../../../../etc/passwd',
      '/api/..;/etc/passwd',
      '//etc/passwd',
      '/examples/..%2f..%2fpackage.json',
    ]) {
      const reply = await rawCall({ method: 'GET', path });
      expect(JSON.stringify(reply?.body), path).not.toMatch(/root:|"dependencies"/);
      expect(reply?.status, path).not.toBe(500);
    }
  });

  test('unknown paths, wrong methods and unreadable addresses are answered in JSON', async () => {
    const bodyless = [
      '/api',
      '/v1',
      '/api/nothing',
      '/v1/nothing',
      '/api/models/x/y',
      '/v1/predict',
      '/api/%ff',
      '/v1/%E0%A4%A',
      '/api/projects/__proto__',
      `/api/projects/${'x'.repeat(5000)}`,
    ];
    for (const path of bodyless) {
      const { status } = await attack('GET', path);
      expect([400, 404], path.slice(0, 40)).toContain(status);
    }
    for (const [method, path] of [
      ['PUT', '/api/projects'],
      ['DELETE', '/api/account'],
      ['GET', `/v1/predict/${model.id}`],
      ['PATCH', '/api/trash/empty'],
    ]) {
      expect((await attack(method, path)).status, `${method} ${path}`).toBe(405);
    }
    for (const method of ['TRACE', 'PROPFIND']) {
      const reply = await rawCall({ method, path: '/api/projects' });
      expect(reply?.status, method).toBe(405);
      if (reply !== null) expectHarmless(reply, method);
    }
    const head = await callApi('HEAD', '/api/projects');
    expect([head.status, head.body, head.headers.get('content-type')]).toEqual([200, null, 'application/json']);
    expect((await callApi('OPTIONS', '/api/projects')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

test.describe('keys', () => {
  test('a key counts in its headers only', async () => {
    const { key } = initialAccount;
    const without = { key: null };
    expect((await attack('GET', `/api/projects?key=${key}&api_key=${key}&token=${key}`, without)).status).toBe(401);
    expect((await attack('GET', '/api/projects', { key: null, headers: { cookie: `key=${key}` } })).status).toBe(401);
    const basic = { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
    expect((await attack('GET', '/api/projects', { key: null, headers: basic })).status).toBe(401);
    expect((await attack('GET', '/api/projects', { key: null, headers: { 'x-api-key': key } })).status).toBe(200);
  });

  test('headers without end are refused', async () => {
    const reply = await rawCall({ method: 'GET', path: '/api/projects', headers: { 'x-large': 'x'.repeat(100_000) } });
    expect(reply?.status).toBe(431);
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`x-${index}`, '1']));
    expect([200, 431]).toContain((await rawCall({ method: 'GET', path: '/api/projects', headers: many }))?.status);
  });
});
