import type { z } from 'zod';
import type { DomainError } from '@/lib/core/errors';
import type { Page } from '@/lib/core/page';
import { errorTable } from '@/lib/http/error-table';
import type { Operation, Surface } from '@/lib/http/operation';

/** What a handler may return beside the plain value its operation promises. */
export class StreamReply {
  constructor(
    readonly body: ReadableStream<Uint8Array> | null,
    readonly headers: Readonly<Record<string, string>>,
    readonly status = 200,
  ) {}
}

/** JSON that is text already, written by a function that tests hold against the operation's schema. */
export class JsonTextReply {
  constructor(readonly text: string) {}
}

/** Sends the caller somewhere else. */
export class RedirectReply {
  constructor(readonly location: string) {}
}

/** The reply to a success, wrapped as its surface and operation say. */
export function successReply(operation: Operation, value: unknown, headers: Headers): Response {
  if (value instanceof RedirectReply) {
    headers.set('Location', value.location);
    return new Response(null, { status: 302, headers });
  }
  if (value instanceof JsonTextReply) return jsonText(value.text, operation.status ?? 200, headers);
  if (value instanceof StreamReply) {
    for (const [name, text] of Object.entries(value.headers)) headers.set(name, text);
    return new Response(value.body, { status: value.status, headers });
  }
  const status = operation.status ?? 200;
  switch (operation.reply.kind) {
    case 'data':
      return json({ success: true, data: checked(operation, operation.reply.schema, value) }, status, headers);
    case 'page': {
      const { items, meta } = value as Page<unknown>;
      const data = checked(operation, operation.reply.schema.array(), items);
      return json({ success: true, data, meta }, status, headers);
    }
    case 'plain':
      return json(checked(operation, operation.reply.schema, value), status, headers);
    case 'empty':
    case 'bytes':
      return new Response(null, { status: operation.status ?? 204, headers });
  }
}

/** The reply to a refusal in its surface's own shape. */
export function errorReply(surface: Surface, error: DomainError, headers: Headers): Response {
  const { status } = errorTable[error.code];
  if (error.retryAfterSeconds !== null)
    headers.set('Retry-After', String(Math.max(1, Math.ceil(error.retryAfterSeconds))));
  return json(errorBodies[surface](error), status, headers);
}

const errorBodies: Readonly<Record<Surface, (error: DomainError) => unknown>> = {
  platform: ({ code, message, issues }) => ({
    success: false,
    error: { code, message, ...(issues.length > 0 && { details: issues }) },
  }),
  hub: ({ message }) => ({ success: false, message }),
};

/**
 * Parses a reply with its own schema: what the schema does not know is left out, so that nothing private slips through. A
 * reply that does not fit is a fault of the program, which the caller learns as an internal error.
 */
function checked(operation: Operation, schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`The reply of ${operation.id} does not fit its schema: ${parsed.error.message}`);
}

function json(body: unknown, status: number, headers: Headers): Response {
  return jsonText(JSON.stringify(body), status, headers);
}

function jsonText(text: string, status: number, headers: Headers): Response {
  headers.set('Content-Type', 'application/json');
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  return new Response(text, { status, headers });
}
