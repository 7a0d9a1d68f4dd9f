import { describe, expect, it } from 'vitest';
import { type OpenApiDocument, readOperations, resolveSchema } from '@/components/reference/openapi-document';
import { constraintWords, exampleOf, fieldsOf, typeWords } from '@/components/reference/schema-words';
import { groupOperations } from '@/components/reference/search-operations';
import { buildOpenApi } from '@/lib/http/openapi/build-openapi';
import { allOperations } from '@/lib/http/operations/all-operations';

/** The server's own document, as a browser receives it. */
const document: OpenApiDocument = JSON.parse(JSON.stringify(buildOpenApi(allOperations, 'http://localhost:3000')));
const operations = readOperations(document);
const operation = (id: string) => {
  const found = operations.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`The document has no ${id}.`);
  return found;
};

describe('the reference of this server', () => {
  it('has every operation, each with a tag, a summary and a success', () => {
    expect(operations.map(({ id }) => id).sort()).toEqual(allOperations.map(({ id }) => id).sort());
    for (const { tag, summary, replies } of operations) {
      expect(tag).not.toBe('');
      expect(summary).not.toBe('');
      expect(replies.some(({ status }) => /^[23]/.test(status))).toBe(true);
    }
  });

  it('knows parameters by their place and whether they are needed', () => {
    const { parameters } = operation('getProject');
    expect(parameters).toMatchObject([{ name: 'projectId', place: 'path', isRequired: true }]);
    const limit = operation('listProjects').parameters.find(({ name }) => name === 'limit');
    expect(limit).toMatchObject({ place: 'query', isRequired: false });
    expect(limit && constraintWords(limit.schema)).toEqual(['1–100', 'default 20']);
  });

  it('knows bodies by their kind, with their example', () => {
    const [body] = operation('createProject').bodies;
    expect(body).toMatchObject({ contentType: 'application/json', example: { name: 'my-project' } });
    expect(fieldsOf(document, body?.schema ?? {}).map(({ name }) => name)).toEqual([
      'name',
      'description',
      'visibility',
    ]);
    expect(operation('createModel').bodies.map(({ contentType }) => contentType)).toContain('multipart/form-data');
  });

  it('names what callers may show, and nothing where nobody is asked', () => {
    expect(operation('listProjects').security).toContain('bearer');
    expect(operation('getLiveness').security).toEqual([]);
  });

  it('finds fields of replies through references and lists', () => {
    const reply = operation('listProjects').replies.find(({ status }) => status === '200');
    const fields = fieldsOf(document, reply?.schema ?? {});
    const data = fields.find(({ name }) => name === 'data');
    expect(data && typeWords(document, data.schema)).toBe('array of Project');
    expect(data && fieldsOf(document, data.schema).map(({ name }) => name)).toContain('slug');
  });

  it('has an example that is JSON for every body', () => {
    for (const { bodies } of operations) {
      for (const { schema } of bodies) expect(() => JSON.stringify(exampleOf(document, schema))).not.toThrow();
    }
  });
});

describe('searching the reference', () => {
  it('finds by every word, wherever it stands', () => {
    const ids = groupOperations(operations, 'trash restore').flatMap((group) => group.operations.map(({ id }) => id));
    expect(ids).toContain('restoreItem');
    expect(ids).not.toContain('listProjects');
  });

  it('groups everything by tag without a search, what is looked for most first', () => {
    const groups = groupOperations(operations, '');
    expect(groups[0]?.tag).toBe('Projects');
    expect(groups[0]?.operations.map(({ method, path }) => `${method} ${path}`).slice(0, 3)).toEqual([
      'GET /api/projects',
      'POST /api/projects',
      'GET /api/projects/{projectId}',
    ]);
    expect(groups.flatMap((group) => group.operations)).toHaveLength(operations.length);
  });
});

describe('schemas in words', () => {
  const words = (schema: Parameters<typeof typeWords>[1]) => typeWords(document, schema);

  it('say what may stand there', () => {
    expect(words({ anyOf: [{ type: 'integer' }, { type: 'null' }] })).toBe('integer or null');
    expect(words({ type: ['string', 'null'], format: 'date-time' })).toBe('string or null, date-time');
    expect(words({ type: 'array', items: { $ref: '#/components/schemas/Model' } })).toBe('array of Model');
    expect(words({ type: 'string', format: 'binary' })).toBe('string, file');
    expect(words({ const: true })).toBe('true');
    expect(words({})).toBe('anything');
  });

  it('leave out limits that are only those of the language', () => {
    expect(constraintWords({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })).toEqual([]);
    expect(constraintWords({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })).toEqual(['at least 0']);
  });

  it('end where a schema refers to itself or to nothing', () => {
    const knot: OpenApiDocument = {
      ...document,
      components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } },
    };
    expect(resolveSchema(knot, { $ref: '#/components/schemas/A' }).properties).toBeUndefined();
    expect(resolveSchema(document, { $ref: '#/components/schemas/Nothing' })).toEqual({});
  });
});
