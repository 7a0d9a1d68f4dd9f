import { z } from 'zod';
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { pageMeta } from '@/lib/core/page';
import { replyHeaders } from '@/lib/http/openapi/reply-headers';
import type { Operation } from '@/lib/http/operation';

const success = z.literal(true);

/** The reply to a success, under each of its statuses. */
export function successResponse(operation: Operation): ZodOpenApiResponsesObject {
  const { reply, status = reply.kind === 'empty' ? 204 : 200, alsoStatus } = operation;
  const described = { [`${status as 200}`]: response(operation, status) };
  if (alsoStatus === undefined) return described;
  return { ...described, [`${alsoStatus as 206}`]: response(operation, alsoStatus) };
}

function response(operation: Operation, status: number): ZodOpenApiResponseObject {
  const { reply } = operation;
  const headers = replyHeaders(operation);
  if (status === 302) {
    const location = { Location: { description: 'Where the file is', schema: { type: 'string' } } } as const;
    return { description: 'Sends the caller on', headers: { ...headers, ...location } };
  }
  switch (reply.kind) {
    case 'empty':
      return { description: 'Done', headers };
    case 'bytes':
      return {
        description: reply.description,
        headers,
        content: { [reply.contentType]: { schema: { type: 'string', format: 'binary' } } },
      };
    default:
      return { description: 'Success', headers, content: { 'application/json': { schema: bodySchema(reply) } } };
  }
}

function bodySchema(reply: Extract<Operation['reply'], { schema: z.ZodType }>): z.ZodType {
  switch (reply.kind) {
    case 'data':
      return z.object({ success, data: reply.schema });
    case 'page':
      return z.object({ success, data: z.array(reply.schema), meta: pageMeta });
    case 'plain':
      return reply.schema;
  }
}
