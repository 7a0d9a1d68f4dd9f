import { z } from 'zod';
import type { ZodOpenApiResponsesObject } from 'zod-openapi';
import { type ErrorCode, isErrorCode } from '@/lib/core/errors';
import { errorTable } from '@/lib/http/error-table';
import { headerComponents, replyHeaders } from '@/lib/http/openapi/reply-headers';
import type { Operation, Surface } from '@/lib/http/operation';

const codes = Object.keys(errorTable).filter(isErrorCode);

/** How each surface words a refusal. */
const errorSchemas: Readonly<Record<Surface, z.ZodType>> = {
  platform: z
    .object({
      success: z.literal(false),
      error: z.object({
        code: z.enum(codes as [ErrorCode, ...ErrorCode[]]),
        message: z.string().describe('What was expected, what was found, what to do'),
        details: z
          .array(
            z.object({
              path: z.string().describe('Which field or parameter'),
              message: z.string(),
              expected: z.string().optional(),
            }),
          )
          .optional()
          .describe('Every fault of the input'),
      }),
    })
    .meta({ id: 'Refusal' }),
  hub: z.object({ success: z.literal(false), message: z.string() }).meta({ id: 'HubRefusal' }),
};

/** What the references of the replies point at. */
export const errorComponents = { headers: headerComponents };

/** The refusals that the operation can answer with, one entry per status. */
export function errorResponses(operation: Operation): ZodOpenApiResponsesObject {
  const responses: ZodOpenApiResponsesObject = {};
  for (const [status, ofStatus] of byStatus(errorCodesOf(operation))) {
    const isLater = ofStatus.includes('RATE_LIMITED') || ofStatus.includes('UNAVAILABLE');
    responses[`${status as 400}`] = {
      description: ofStatus.map((code) => `${code}: ${errorTable[code].title}`).join('\n\n'),
      headers: replyHeaders(operation, isLater ? ['Retry-After'] : []),
      content: {
        'application/json': {
          schema: errorSchemas[operation.surface],
          examples: Object.fromEntries(ofStatus.map((code) => [code, { value: example(operation.surface, code) }])),
        },
      },
    };
  }
  return responses;
}

/** Those of the operation itself, and those that follow from what it asks for. */
function errorCodesOf({ access, scope, limit, params, query, body, alsoStatus, errors = [] }: Operation): ErrorCode[] {
  const isInputChecked = query !== undefined || body.kind === 'json' || body.kind === 'multipart';
  const isCallerAsked = access !== 'public';
  const found = new Set<ErrorCode>(['INTERNAL_ERROR', 'UNAVAILABLE', ...errors]);
  if (isInputChecked) found.add('VALIDATION_ERROR');
  if (isCallerAsked) found.add('UNAUTHORIZED').add('FORBIDDEN');
  if (scope !== undefined) found.add('FORBIDDEN');
  if (params !== undefined) found.add('NOT_FOUND');
  if (body.kind !== 'none') found.add('PAYLOAD_TOO_LARGE');
  if (body.kind === 'json' || body.kind === 'multipart') found.add('UNSUPPORTED_MEDIA_TYPE');
  if (limit !== 'none') found.add('RATE_LIMITED');
  return codes.filter((code) => found.has(code) && errorTable[code].status !== alsoStatus);
}

function byStatus(found: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const groups = new Map<number, ErrorCode[]>();
  for (const code of found) {
    const { status } = errorTable[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return groups;
}

function example(surface: Surface, code: ErrorCode): unknown {
  const message = errorTable[code].title;
  return surface === 'hub' ? { success: false, message } : { success: false, error: { code, message } };
}
