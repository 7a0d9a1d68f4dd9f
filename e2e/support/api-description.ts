import { expect } from '@playwright/test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Operation } from '@/lib/http/operation';
import { type ApiReply, callApi } from './api';

/** What replies of the running server are held against: its own OpenAPI document. */
export type ApiDescription = {
  /** Fails unless the document says that the operation may answer like this. */
  expectDescribed(operation: Operation, reply: ApiReply): void;
};

type Response = { headers?: Record<string, unknown>; content?: Record<string, unknown> };
type Document = { paths: Record<string, Record<string, { responses: Record<string, Response> }>> };

/** Reads the document of the running server. */
export async function readApiDescription(): Promise<ApiDescription> {
  const { body } = await callApi('GET', '/api/openapi.json', { key: null });
  const document: Document = body;
  // Formats are described beside patterns that say the same; unknown words of OpenAPI are no fault of a schema.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'openapi');

  function validator(operation: Operation, status: number): ValidateFunction {
    const parts = ['paths', operation.path, operation.method.toLowerCase(), 'responses', `${status}`];
    const pointer = [...parts, 'content', 'application/json', 'schema'].map(pointerPart).join('/');
    return ajv.compile({ $ref: `openapi#/${pointer}` });
  }

  return {
    expectDescribed(operation, reply) {
      const where = `${operation.id} answered ${reply.status}`;
      const response = document.paths[operation.path]?.[operation.method.toLowerCase()]?.responses[`${reply.status}`];
      expect(response, `${where}, which is not in the document: ${JSON.stringify(reply.body)}`).toBeDefined();
      for (const name of Object.keys(response?.headers ?? {})) {
        expect(reply.headers.get(name), `${where} without ${name}`).toMatch(/\S/);
      }
      expect(reply.headers.get('x-request-id'), where).toMatch(/^req_/);
      const mediaType = reply.headers.get('content-type')?.split(';', 1)[0] ?? null;
      const described = Object.keys(response?.content ?? {});
      expect(described.length === 0 ? [null] : described, where).toContain(mediaType);
      if (mediaType !== 'application/json' || operation.reply.kind === 'bytes') return;
      const validate = validator(operation, reply.status);
      expect(
        validate(reply.body),
        `${where}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(reply.body)}`,
      ).toBe(true);
    },
  };
}

function pointerPart(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
