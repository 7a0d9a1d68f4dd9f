import type { PlannedRequest } from '@/components/models/api/request-draft';
import { performRequest, type SentReply } from '@/components/reference/perform-request';
import { operationUrl } from '@/lib/http/operation-url';

type SendOptions = {
  /** Sent in place of the browser's session; null for the session. */
  readonly key: string | null;
  readonly signal: AbortSignal;
  readonly fetch?: typeof fetch;
};

/** Sends a request for real, with the browser's session or a key. Throws what `fetch` throws when no reply comes. */
export async function sendPlannedRequest(
  { operation, params, fields, file }: PlannedRequest,
  { key, signal, fetch = globalThis.fetch }: SendOptions,
): Promise<SentReply> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file?.file) form.append(file.field, file.file);
  return performRequest(
    operationUrl(operation.path, params),
    {
      method: operation.method,
      body: form,
      // With a key the cookie stays at home, so that what is tried here is what a script would see.
      credentials: key === null ? 'same-origin' : 'omit',
      headers: key === null ? {} : authorisation(operation.surface, key),
      signal,
    },
    fetch,
  );
}

/** How each generation carries a key. */
function authorisation(surface: PlannedRequest['operation']['surface'], key: string): Record<string, string> {
  return surface === 'hub' ? { 'x-api-key': key } : { Authorization: `Bearer ${key}` };
}
