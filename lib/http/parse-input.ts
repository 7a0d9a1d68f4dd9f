import type { z } from 'zod';
import { DomainError, type InputIssue, invalidInput } from '@/lib/core/errors';
import type { IncomingFile } from '@/lib/http/incoming-file';
import { readBodyBytes } from '@/lib/http/multipart/read-body';
import { readMultipart } from '@/lib/http/multipart/read-multipart';
import type { Operation } from '@/lib/http/operation';

/** JSON bodies are words and numbers; a megabyte of them is no honest request. */
const maximumJsonBytes = 1024 * 1024;

type Parsed = { readonly body: unknown; readonly file: unknown };

/** Path parameters by the operation's schema. An id that cannot be one is an unknown thing, not a bad request. */
export function parseParams(operation: Operation, params: Readonly<Record<string, unknown>>): unknown {
  if (operation.params === undefined) return {};
  const parsed = operation.params.safeParse(params);
  if (parsed.success && !holdsNul(parsed.data)) return parsed.data;
  throw new DomainError('NOT_FOUND', 'Nothing has such an id.');
}

/** Query parameters; repeated ones become arrays where the schema takes them. */
export function parseQuery(operation: Operation, request: Request): unknown {
  if (operation.query === undefined) return {};
  return parsedOr400(operation.query, Object.fromEntries(new URL(request.url).searchParams));
}

/** The body by the operation's schema; a file goes to `receive` while it streams in. */
export async function parseBody(
  operation: Operation,
  request: Request,
  receive: (incoming: IncomingFile) => Promise<unknown>,
): Promise<Parsed> {
  const { body } = operation;
  switch (body.kind) {
    case 'none':
    case 'bytes':
      return { body: undefined, file: null };
    case 'json':
      return { body: parsedOr400(body.schema, await readJson(request)), file: null };
    case 'multipart': {
      const contentType = mediaType(request);
      if (body.jsonToo && contentType === 'application/json') {
        return { body: parsedOr400(body.fields, await readJson(request)), file: null };
      }
      if (body.jsonToo && contentType === 'application/x-www-form-urlencoded') {
        const form = new TextDecoder().decode(await readBodyBytes(request, maximumJsonBytes));
        return { body: parsedOr400(body.fields, Object.fromEntries(new URLSearchParams(form))), file: null };
      }
      const { fields, file } = await readMultipart(request, {
        fileFields: body.fileFields,
        maximumFileBytes: body.maximumFileBytes,
        receive,
      });
      if (file === null && body.fileRequired) {
        throw invalidInput([{ path: body.fileFields[0], message: 'expected a file', expected: body.fileDescription }]);
      }
      return { body: parsedOr400(body.fields, fields), file };
    }
  }
}

async function readJson(request: Request): Promise<unknown> {
  const type = mediaType(request);
  const bytes = await readBodyBytes(request, maximumJsonBytes);
  if (bytes.length === 0) return {};
  if (type !== 'application/json') {
    throw new DomainError(
      'UNSUPPORTED_MEDIA_TYPE',
      `Expected Content-Type: application/json, found ${type || 'none'}.`,
    );
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new DomainError('VALIDATION_ERROR', 'The body is not JSON.', { cause });
  }
}

function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';', 1)[0].trim().toLowerCase();
}

function parsedOr400(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalidInput(parsed.error.issues.map(inputIssue));
  if (holdsNul(parsed.data)) throw invalidInput([{ path: '', message: 'expected text without the character U+0000' }]);
  return parsed.data;
}

/** Whether any text within has the one character that PostgreSQL cannot keep. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => name.includes('\0') || holdsNul(inner));
}

function inputIssue(issue: z.core.$ZodIssue): InputIssue {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'invalid_value')
    return { path, message: issue.message, expected: issue.values.map(String).join(', ') };
  return { path, message: issue.message };
}
