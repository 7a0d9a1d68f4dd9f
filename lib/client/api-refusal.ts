import { z } from 'zod';
import { ApiError } from '@/lib/client/api-error';
import { type ErrorCode, isErrorCode } from '@/lib/core/errors';
import { errorTable } from '@/lib/http/error-table';

/** Both shapes of refusals; a proxy in front may answer with neither. */
const refusalBody = z.union([
  z.object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z
        .array(z.object({ path: z.string(), message: z.string(), expected: z.string().optional() }))
        .default([]),
    }),
  }),
  z.object({ message: z.string() }),
]);

/** What a reply that is no success says: its words where it has any, and what its headers tell. */
export function apiRefusal(status: number, text: string, header: (name: string) => string | null): ApiError {
  const parsed = refusalBody.safeParse(parsedJson(text));
  const retryAfter = Number(header('Retry-After') ?? Number.NaN);
  const facts = {
    status,
    requestId: header('X-Request-Id'),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  };
  if (!parsed.success) {
    const message = `The server answered with status ${status} and no explanation. Try again.`;
    return new ApiError({ ...facts, code: codeOfStatus(status), message });
  }
  if ('message' in parsed.data) {
    return new ApiError({ ...facts, code: codeOfStatus(status), message: parsed.data.message });
  }
  const { code, message, details } = parsed.data.error;
  return new ApiError({ ...facts, code: isErrorCode(code) ? code : codeOfStatus(status), message, issues: details });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** For replies that name no code of ours. */
function codeOfStatus(status: number): ErrorCode {
  const found = Object.entries(errorTable).find(([, entry]) => entry.status === status);
  return found !== undefined && isErrorCode(found[0]) ? found[0] : 'INTERNAL_ERROR';
}
