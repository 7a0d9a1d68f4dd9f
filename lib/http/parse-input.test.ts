import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation } from '@/lib/http/operation';
import { parseBody, parseParams, parseQuery } from '@/lib/http/parse-input';

const operation = defineOperation({
  id: 'test',
  method: 'POST',
  path: '/api/tests/{id}',
  tag: 'Tests',
  summary: 'For these tests',
  surface: 'platform',
  access: 'public',
  limit: 'none',
  params: z.object({ id: z.string().max(8) }),
  query: z.object({ limit: z.coerce.number().max(5).optional(), search: z.string().optional() }),
  body: { kind: 'json', schema: z.object({ name: z.string().min(1), colour: z.enum(['red', 'blue']).optional() }) },
  reply: { kind: 'empty' },
});

const none = async () => null;

function post(body: string, type = 'application/json'): Request {
  return new Request('http://localhost/api/tests/1', { method: 'POST', body, headers: { 'content-type': type } });
}

describe('parseBody', () => {
  it('lists every fault with its path and what was expected', async () => {
    await expect(parseBody(operation, post('{"name":"","colour":"green"}'), none)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      issues: [{ path: 'name' }, { path: 'colour', expected: 'red, blue' }],
    });
  });

  it('tells broken JSON, another content type and too much of it apart', async () => {
    await expect(parseBody(operation, post('{'), none)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    await expect(parseBody(operation, post('{}', 'text/plain'), none)).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA_TYPE',
    });
    const large = JSON.stringify({ name: 'x'.repeat(1024 * 1024) });
    await expect(parseBody(operation, post(large), none)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it.each(['{"name":"a\\u0000b"}', '{"name":"a","colour":null,"\\u0000":1}'])(
    'never hands U+0000 on: %s',
    async (body) => {
      await expect(parseBody(operation, post(body), none)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    },
  );

  it('leaves out what the schema does not know, also names with a meaning to JavaScript', async () => {
    const { body } = await parseBody(operation, post('{"name":"a","__proto__":{"admin":true},"extra":1}'), none);
    expect(body).toEqual({ name: 'a' });
    expect(Object.getPrototypeOf(body)).toBe(Object.prototype);
  });
});

describe('parseQuery and parseParams', () => {
  it('refuse what is out of range', () => {
    expect(() => parseQuery(operation, new Request('http://localhost/?limit=6'))).toThrow(/limit/);
    expect(() => parseQuery(operation, new Request('http://localhost/?search=%00'))).toThrow(/U\+0000/);
  });

  it('answer an impossible id as one that does not exist', () => {
    for (const id of ['much too long', 'a\0b', undefined, ['a', 'b']]) {
      expect(() => parseParams(operation, { id })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    }
  });
});
