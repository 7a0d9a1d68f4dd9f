// Names, searches and parameters that are meant to do harm: they are data, or refused with a reason.
import { expect, test } from '@playwright/test';
import { tinyModel } from '@/lib/engines/model-files/test-support/tiny-models';
import { accountWithKey } from './support/accounts';
import { callApi, makeProject, origin, uploadTinyModel } from './support/api';
import { attack } from './support/attack';
import { redAndBlue } from './support/drawn-images';

const script = '<script>alert(1)</script>';
const names = [
  script,
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  'invoice\u202Efdp.exe',
  '\u0645\u0631\u062D\u0628\u0627',
  '👩‍🔬🚀',
  'Z̷̢̛a̶͔͝l̵̤̈g̸̱̐ő̶̙',
  'ü'.repeat(100),
  "Robert'); DROP TABLE projects;--",
  '{{7*7}} #{7*7} %s %n',
  '=HYPERLINK("http://evil.example","x")',
  '\\',
  '%',
  '_',
  'null',
  '__proto__',
  '../../etc/passwd',
];
const noNames = ['', '   ', 'x'.repeat(101), 'a\u0000b', 'a\nb', '\u001b[31m', '\ud800', 7, null, {}, ['a'], true];

test.describe('names', () => {
  test('are stored and given back as they are', async () => {
    const slugs = new Set<string>();
    for (const name of names) {
      const project = await attack('POST', '/api/projects', { json: { name, description: name } });
      expect(project.status, name).toBe(201);
      expect(project.body.data).toMatchObject({ name, description: name });
      expect(project.body.data.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      slugs.add(project.body.data.slug);
      const read = await callApi('GET', `/api/projects/${project.body.data.id}`);
      expect(read.body.data.name).toBe(name);
      expect(read.headers.get('content-type')).toBe('application/json');
      expect(read.headers.get('x-content-type-options')).toBe('nosniff');
      const key = await attack('POST', '/api/api-keys', { json: { name, scopes: ['billing'] } });
      expect(key.body.data.name).toBe(name);
      await callApi('DELETE', `/api/api-keys/${key.body.data.id}`);
    }
    expect(slugs.size).toBe(names.length);
  });

  test('that are none are refused, and nothing is made', async () => {
    const before = (await callApi('GET', '/api/api-keys')).body.meta.total;
    for (const name of noNames) {
      const reply = await attack('POST', '/api/projects', { json: { name } });
      expect(reply.status, JSON.stringify(name)).toBe(400);
      expect(reply.body.error.details[0].path).toBe('name');
      expect((await attack('POST', '/api/api-keys', { json: { name } })).status).toBe(400);
      expect((await attack('PATCH', '/api/account', { json: { displayName: name } })).status).toBe(400);
    }
    expect((await callApi('GET', '/api/api-keys')).body.meta.total).toBe(before);
  });

  test('never become part of a page or a formula of a table', async () => {
    const person = await accountWithKey();
    const { key } = person;
    await attack('PATCH', '/api/account', { key, json: { displayName: script } });
    const project = await callApi('POST', '/api/projects', { key, json: { name: script, description: script } });
    await callApi('POST', '/api/projects', { key, json: { name: '=1+1' } });
    const itsPage = `/${person.username}/${project.body.data.slug}`;
    for (const path of ['/home', '/projects', itsPage, '/activity', '/settings']) {
      const page = await fetch(`${origin}${path}`, { headers: { cookie: person.cookie } });
      expect(page.status, path).toBe(200);
      const html = await page.text();
      expect(html, path).not.toContain(script);
      if (path === itsPage) expect(html, 'the name is there, but not as a script').toContain('alert(1)');
    }
    const table = await callApi('GET', '/api/activity/export', { key });
    expect(table.body).toContain('=1+1');
    expect(table.body).not.toMatch(/(^|,)"?=/m);
  });

  test('of classes in a model are data as well', async () => {
    const project = await makeProject('Hostile classes');
    const hostile = Buffer.from(Buffer.from(tinyModel()).toString('latin1').replaceAll("'red'", "'<b>'"), 'latin1');
    const file = new File([hostile], 'a.onnx');
    const made = await attack('POST', '/api/models', { form: { projectId: project.id, name: 'classes', file } });
    expect(made.body.data.metadata.names[0]).toBe('<b>');
    const image = new File([new Uint8Array(await redAndBlue())], 'image.png');
    const reply = await attack('POST', `/api/models/${made.body.data.id}/predict`, { form: { file: image } });
    expect(reply.body.predictions[0].class).toBe('<b>');
    expect(reply.headers.get('content-type')).toBe('application/json');
  });
});

test.describe('searches', () => {
  test('find what is written, not what it means to a database', async () => {
    const { key } = await accountWithKey();
    for (const name of ['100% sure', 'snake_case', 'back\\slash', "it's", 'say "hi"', 'plain']) {
      await callApi('POST', '/api/projects', { key, json: { name } });
    }
    const found = async (search: string) => {
      const reply = await attack('GET', `/api/projects?search=${encodeURIComponent(search)}`, { key });
      return reply.body.data.map(({ name }: { name: string }) => name);
    };
    expect(await found('%')).toEqual(['100% sure']);
    expect(await found('_')).toEqual(['snake_case']);
    expect(await found('\\')).toEqual(['back\\slash']);
    expect(await found("'")).toEqual(["it's"]);
    expect(await found('"')).toEqual(['say "hi"']);
    expect(await found("' or '1'='1")).toEqual([]);
    expect(await found('PLAIN')).toEqual(['plain']);
  });

  test('of every list take any words, or say why not', async () => {
    const lists = ['/api/projects?', '/api/models?', '/api/activity?', '/api/activity/export?', '/api/trash?'];
    const words = [
      "'; drop table projects;--",
      "' union select * from users--",
      '%%%%',
      '\\',
      '((((',
      '[a-',
      '\u0000',
      'x'.repeat(201),
      '\ud800',
      '😀',
      '*'.repeat(200),
    ];
    for (const list of lists) {
      for (const word of words) {
        const encoded = word === '\ud800' ? '%ed%a0%80' : encodeURIComponent(word);
        const { status } = await attack('GET', `${list}search=${encoded}`);
        expect(status, `${list} ${word.slice(0, 30)}`).toBe(word === '\u0000' || word.length > 200 ? 400 : 200);
      }
    }
  });
});

test.describe('parameters', () => {
  test('of lists are in their ranges or refused', async () => {
    const refused = [
      'page=0',
      'page=-1',
      'page=1.5',
      'page=1e9',
      'page=NaN',
      'page=',
      'limit=0',
      'limit=101',
      'limit=all',
      'sort=price',
      'sort=name;drop',
      'visibility=secret',
      'page=99999999999999999999',
    ];
    for (const query of refused) expect((await attack('GET', `/api/projects?${query}`)).status, query).toBe(400);
    for (const query of ['page=1000000', 'page=1&page=2', 'page[]=1', 'unknown=1', 'limit=100'])
      expect((await attack('GET', `/api/projects?${query}`)).status, query).toBe(200);
  });

  test('that are dates are dates of the calendar', async () => {
    const dates = [
      '0000-01-01',
      '0001-01-01',
      '9999-12-31',
      '2024-02-30',
      '2024-13-01',
      '+275760-09-13',
      '-000001-01-01',
      '2024-01-01T00:00:00+99:99',
      '2024-01-01T25:00:00Z',
      '1e9',
      'now()',
      'infinity',
      'epoch',
      '2024-06-30T23:59:60Z',
    ];
    for (const date of dates) {
      for (const name of ['startDate', 'endDate']) {
        const { status } = await attack('GET', `/api/activity?${name}=${encodeURIComponent(date)}`);
        expect([200, 400], `${name}=${date}`).toContain(status);
      }
      const made = await attack('POST', '/api/api-keys', {
        json: { name: 'dated', scopes: ['billing'], expiresAt: date },
      });
      expect([201, 400], date).toContain(made.status);
      if (made.status === 201) await callApi('DELETE', `/api/api-keys/${made.body.data.id}`);
    }
  });

  test('of ids that are none lead to nothing', async () => {
    for (const id of [
      '__proto__',
      'constructor',
      'toString',
      '%00',
      '..',
      '%2e%2e%2f',
      "'",
      '%27%20or%201=1',
      'x'.repeat(3000),
      '😀',
      '%F0%9F%98%80',
      '-1',
      '*',
      '[object Object]',
    ]) {
      for (const path of ['/api/projects/', '/api/models/', '/api/uploads/', '/api/api-keys/']) {
        for (const method of ['GET', 'PATCH', 'DELETE']) {
          const { status } = await attack(method, `${path}${id}`, {
            json: method === 'PATCH' ? { name: 'x' } : undefined,
          });
          expect([400, 404, 405, 308], `${method} ${path}${id.slice(0, 30)}`).toContain(status);
        }
      }
      const json = { itemId: decodeURIComponent(id), type: 'project' };
      expect([400, 404]).toContain((await attack('POST', '/api/trash', { json })).status);
      expect([400, 404]).toContain(
        (await attack('POST', '/api/activity/mark-seen', { json: { eventIds: [decodeURIComponent(id)] } })).status,
      );
    }
  });
});

test.describe('parameters of a prediction', () => {
  let path: string;
  let image: string;
  test.beforeAll(async () => {
    const project = await makeProject('Hostile parameters');
    path = `/api/models/${(await uploadTinyModel(project.id, 'target')).id}/predict`;
    image = (await redAndBlue()).toString('base64');
  });

  const tables: readonly (readonly [string, readonly unknown[], number])[] = [
    ['conf', ['NaN', 'Infinity', '-Infinity', '1e400', '1.01', '-0.01', ' ', '0x1', 'abc', [0.5], { a: 1 }, true], 400],
    ['conf', ['-0', -0, '0', '1', '1e-300', '', null, 0.5], 200],
    ['iou', ['NaN', '1.5', '-1', [], '0,5'], 400],
    ['imgsz', ['0', '31', '1281', 'abc', '-640', '64.5', '1e9', 'NaN', [64], [64, 64]], 400],
    ['imgsz', ['33', '64', '1280', 100, '1e2', ''], 200],
    ['format', ['unknown', 'PLATFORM', '__proto__', 'constructor', 7, ['platform']], 400],
    ['max_det', ['0', '3001', '1.5', 'all'], 400],
    ['classes', ['red', '-1', '1,,2', '0;1', Array.from({ length: 1001 }, () => 0), [[0]], { 0: 0 }], 400],
    ['classes', ['0,2', '0', [0, 2], '', '99999'], 200],
    ['normalize', ['maybe', 2, [true]], 400],
    ['source', ['', ' ', 'x'.repeat(100), '%%%', 7, ['x'], null], 400],
  ];
  for (const [name, values, status] of tables) {
    test(`${name} of other kinds is answered with ${status}`, async () => {
      for (const value of values) {
        const reply = await attack('POST', path, { json: { source: image, [name]: value } });
        expect(reply.status, `${name}=${JSON.stringify(value)?.slice(0, 60)}: ${JSON.stringify(reply.body)}`).toBe(
          status,
        );
      }
    });
  }

  test('a refusal names the field and its range', async () => {
    const { body } = await attack('POST', path, { json: { source: image, conf: 7, imgsz: 'abc' } });
    expect(body.error.details).toEqual([
      { path: 'conf', message: 'expected a number from 0 to 1' },
      { path: 'imgsz', message: 'expected a whole number of pixels from 32 to 1280' },
    ]);
  });
});
