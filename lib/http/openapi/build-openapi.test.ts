import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorTable } from '@/lib/http/error-table';
import { buildOpenApi } from '@/lib/http/openapi/build-openapi';
import { defineOperation } from '@/lib/http/operation';
import { allOperations } from '@/lib/http/operations/all-operations';

/** As a reader sees it: through JSON. */
const text = JSON.stringify(buildOpenApi(allOperations, 'https://sightline.example'));

type Described = {
  operationId: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: { in: string; name: string; required?: boolean; schema: object }[];
  requestBody?: { content: Record<string, { schema: { properties: Record<string, unknown>; required?: string[] } }> };
  responses: Record<string, { headers?: object; content?: Record<string, { schema: unknown }> }>;
};
const document: { openapi: string; paths: Record<string, Record<string, Described>>; servers: { url: string }[] } =
  JSON.parse(text);

function described(id: string): Described {
  const found = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .find(({ operationId }) => operationId === id);
  if (found === undefined) throw new Error(`no operation ${id}`);
  return found;
}

describe('the OpenAPI document', () => {
  it('is a valid one of version 3.1', async () => {
    const verdict = await new Validator().validate(JSON.parse(text));
    expect(verdict.errors).toBeUndefined();
    expect(verdict.valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('would not be valid with a fault in it', async () => {
    const broken = JSON.parse(text);
    broken.paths['/api/projects'].get.parameters[0].in = 'nowhere';
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it('describes every operation once, at its own path and method', () => {
    const inDocument = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
    );
    const ours = allOperations.map(({ id, method, path }) => `${id} ${method} ${path}`);
    expect(inDocument.sort()).toEqual([...ours].sort());
    expect(new Set(allOperations.map(({ id }) => id)).size).toBe(allOperations.length);
  });

  it('resolves every reference', () => {
    for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = pointer
        .split('/')
        .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document);
      expect(target, pointer).toBeDefined();
    }
  });

  it('names every parameter of a path, and the server it is for', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [], operationId } of Object.values(methods)) {
        const described = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
        expect(described.sort(), operationId).toEqual(names.sort());
      }
    }
    expect(document.servers).toEqual([{ url: 'https://sightline.example' }]);
  });

  it('asks for what the operation asks for', () => {
    expect(described('listProjects').security).toEqual([{ bearer: [] }, { apiKey: [] }, { session: [] }]);
    expect(described('signUp').security).toEqual([]);
    expect(described('listSessions').security).toEqual([{ session: [] }]);
    expect(described('createProject').description).toContain('`projects`');
  });

  it('lists refusals with the status that they have on the wire', () => {
    const { responses } = described('restoreItem');
    expect(Object.keys(responses)).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '429',
      '500',
      '503',
    ]);
    const statuses = new Set(Object.values(errorTable).map(({ status }) => `${status}`));
    for (const { id } of allOperations) {
      const refusals = Object.keys(described(id).responses).filter((status) => Number(status) >= 400);
      for (const status of refusals) expect(statuses, id).toContain(status);
    }
  });

  it('describes a server that is not ready by its checks, not as a refusal', () => {
    const { responses } = described('getReadiness');
    expect(responses['503'].content).toEqual(responses['200'].content);
    expect(Object.keys(described('downloadFile').responses)).toContain('206');
  });

  it('tells limits where calls are counted, and nowhere else', () => {
    expect(described('listProjects').responses['200'].headers).toHaveProperty('X-RateLimit-Remaining');
    expect(described('listProjects').responses['429'].headers).toHaveProperty('Retry-After');
    expect(described('getLiveness').responses['200'].headers).not.toHaveProperty('X-RateLimit-Remaining');
    expect(described('getLiveness').responses).not.toHaveProperty('429');
  });

  it('has the file of an upload beside its fields', () => {
    const content = described('predict').requestBody?.content ?? {};
    const form = content['multipart/form-data'].schema;
    expect(form.properties.file).toMatchObject({ type: 'string', format: 'binary' });
    expect(form.properties).toHaveProperty('conf');
    expect(form.required).toBeUndefined();
    expect(Object.keys(content)).toContain('application/json');
    expect(content['application/json'].schema.properties).not.toHaveProperty('file');
  });

  it('takes a field for required only when the schema does', () => {
    const body = z.object({
      needed: z.string(),
      preprocessed: z.preprocess((value) => value ?? undefined, z.number().optional()),
      withDefault: z.string().default('x'),
    });
    const operation = defineOperation({
      id: 'example',
      method: 'POST',
      path: '/api/example',
      tag: 'Example',
      summary: 'An example',
      surface: 'platform',
      access: 'caller',
      limit: 'api',
      body: { kind: 'json', schema: body },
      reply: { kind: 'empty' },
    });
    const built = JSON.parse(JSON.stringify(buildOpenApi([operation], 'http://localhost')));
    const { schema } = built.paths['/api/example'].post.requestBody.content['application/json'];
    expect(schema.required).toEqual(['needed']);
  });
});
