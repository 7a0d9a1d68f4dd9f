import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '@/lib/http/operation';
import { exportActivityOperation } from '@/lib/http/operations/activity';
import { allOperations } from '@/lib/http/operations/all-operations';
import { createModelOperation } from '@/lib/http/operations/models';
import { hubPredictOperation, predictOperation } from '@/lib/http/operations/predictions';
import { createProjectOperation, getProjectOperation, listProjectsOperation } from '@/lib/http/operations/projects';
import { appendUploadOperation } from '@/lib/http/operations/uploads';
import { curlSnippet } from '@/lib/http/snippets/curl-snippet';
import { javascriptSnippet } from '@/lib/http/snippets/javascript-snippet';
import { pythonSnippet } from '@/lib/http/snippets/python-snippet';
import type { SnippetInput } from '@/lib/http/snippets/snippet-request';

const run = promisify(execFile);

/** What reached the server. */
type Received = { method: string; url: string; headers: IncomingMessage['headers']; body: Buffer };

let folder: string;
let server: Server;
let origin: string;
let received: Received[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sightline-snippets-'));
  await writeFile(path.join(folder, nastyFile), 'bytes of the file');
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    received.push({ method, url, headers, body: Buffer.concat(chunks) });
    response.setHeader('Content-Type', 'application/json');
    response.end('{"success":true}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const nastyFile = `it's; a "file", really $HOME.jpg`;
const nastyText = `@it's "50%" \`id\` $(id) \\ {a} <b> & 你好 🙂`;

type Write = typeof curlSnippet;

/** Runs samples one after the other, in one process: starting one takes longer than all calls. */
const languages: readonly { name: 'curl' | 'Python' | 'JavaScript'; write: Write; run: Run; check: Run }[] = [
  { name: 'curl', write: curlSnippet, run: runShell, check: checkShell },
  { name: 'Python', write: pythonSnippet, run: runPython, check: checkPython },
  { name: 'JavaScript', write: javascriptSnippet, run: runNode, check: checkNode },
];

type Run = (codes: readonly string[]) => Promise<unknown>;

function runShell(codes: readonly string[]) {
  const commands = codes.map((code) => code.replace(/^curl/, 'curl -sS'));
  return run('bash', ['-e', '-c', commands.join('\n')], { cwd: folder });
}

function checkShell(codes: readonly string[]) {
  return run('bash', ['-n', '-c', codes.join('\n')]);
}

async function runPython(codes: readonly string[]) {
  await writeFile(path.join(folder, 'samples.py'), codes.join('\n'));
  return run('python3', ['samples.py'], { cwd: folder });
}

async function checkPython(codes: readonly string[]) {
  await writeFile(path.join(folder, 'all.py'), codes.join('\n'));
  return run('python3', ['-m', 'py_compile', 'all.py'], { cwd: folder });
}

async function runNode(codes: readonly string[]) {
  for (const [number, code] of codes.entries()) await writeFile(path.join(folder, `sample-${number}.mjs`), code);
  const all = codes.map((_, number) => `await import('./sample-${number}.mjs');`);
  await writeFile(path.join(folder, 'samples.mjs'), all.join('\n'));
  return run(process.execPath, ['samples.mjs'], { cwd: folder });
}

/** In blocks, because several samples in one module would declare their names twice. */
async function checkNode(codes: readonly string[]) {
  const isImport = (line: string) => line.startsWith('import ');
  const lines = codes.map((code) => code.split('\n'));
  const imports = new Set(lines.flat().filter(isImport));
  const blocks = lines.map((sample) => `{\n${sample.filter((line) => !isImport(line)).join('\n')}\n}`);
  await writeFile(path.join(folder, 'all.mjs'), [...imports, ...blocks].join('\n'));
  return run(process.execPath, ['--check', 'all.mjs'], { cwd: folder });
}

function works(command: string, ...rest: string[]): Promise<boolean> {
  return run(command, rest).then(
    () => true,
    () => false,
  );
}

/** Node is always there; the others where the machine has them. */
const isAvailable = {
  curl: await works('bash', '-c', 'curl --version'),
  Python: await works('python3', '-c', 'import requests'),
  JavaScript: true,
};

async function formOf({ headers, body }: Received): Promise<Record<string, string>> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'Content-Type': headers['content-type'] ?? '' },
  }).formData();
  const fields: Record<string, string> = {};
  for (const [name, value] of form) fields[name] = typeof value === 'string' ? value : await value.text();
  return fields;
}

const nastyBody = { name: nastyText, description: 'two\nlines', visibility: null, tags: [true, 1.5, 'x'] };
const modelFields = { projectId: 'project_1', name: nastyText };
const imageFields = { source: 'https://example.com/image.jpg', conf: 0.4 };

type Case = {
  name: string;
  operation: Operation;
  input: Omit<SnippetInput, 'origin'>;
  verify(call: Received): void | Promise<void>;
};

const cases: readonly Case[] = [
  {
    name: 'calls with the key and the query',
    operation: listProjectsOperation,
    input: { query: { search: nastyText, page: 2 }, keyPrefix: 'ul_0123abcd' },
    verify({ method, url, headers }) {
      expect(method).toBe('GET');
      expect(Object.fromEntries(new URL(url, origin).searchParams)).toEqual({ search: nastyText, page: '2' });
      expect(headers.authorization).toBe('Bearer ul_0123abcd...');
    },
  },
  {
    name: 'puts path parameters in',
    operation: getProjectOperation,
    input: { params: { projectId: 'project_1' } },
    verify: ({ url }) => expect(url).toBe('/api/projects/project_1'),
  },
  {
    name: 'names path parameters that are missing',
    operation: getProjectOperation,
    input: {},
    verify: ({ url }) => expect(url).toBe('/api/projects/PROJECT_ID'),
  },
  {
    name: 'sends JSON as it was given',
    operation: createProjectOperation,
    input: { body: nastyBody },
    verify({ headers, body }) {
      expect(headers['content-type']).toBe('application/json');
      expect(JSON.parse(body.toString())).toEqual(nastyBody);
    },
  },
  {
    name: 'sends fields and a file, whatever they are called',
    operation: createModelOperation,
    input: { body: modelFields, file: nastyFile },
    verify: async (call) => expect(await formOf(call)).toEqual({ ...modelFields, file: 'bytes of the file' }),
  },
  {
    name: 'sends fields alone where no file is given',
    operation: predictOperation,
    input: { body: imageFields },
    verify: async (call) => expect(await formOf(call)).toEqual({ ...imageFields, conf: '0.4' }),
  },
  {
    name: 'sends the key as the HUB’s scripts did',
    operation: hubPredictOperation,
    input: { params: { modelId: 'abc' }, file: nastyFile },
    verify({ url, headers }) {
      expect(url).toBe('/v1/predict/abc');
      expect(headers['x-api-key']).toBe('YOUR_API_KEY');
    },
  },
  {
    name: 'sends bytes with the headers that they need',
    operation: appendUploadOperation,
    input: { params: { uploadId: 'upload_1' }, file: nastyFile },
    verify({ method, headers, body }) {
      expect(method).toBe('PATCH');
      expect(headers['upload-offset']).toBe('0');
      expect(body.toString()).toBe('bytes of the file');
    },
  },
  {
    name: 'fetches a file',
    operation: exportActivityOperation,
    input: {},
    verify: ({ url }) => expect(url).toBe('/api/activity/export'),
  },
];

describe.each(languages.filter(({ name }) => isAvailable[name]))('the $name sample', (language) => {
  let calls: Received[] = [];
  beforeAll(async () => {
    received = [];
    await language.run(cases.map(({ operation, input }) => language.write(operation, { origin, ...input })));
    calls = received;
  });

  it.each(cases.map((one, number) => ({ ...one, number })))('$name', async ({ number, verify }) => {
    await verify(calls[number]);
  });

  it('reaches the server once a call', () => {
    expect(calls).toHaveLength(cases.length);
  });

  it('parses for every operation, with all its defaults', async () => {
    await language.check(allOperations.map((operation) => language.write(operation, { origin })));
  });
});
