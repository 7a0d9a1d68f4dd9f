import { buildOpenApi } from '@/lib/http/openapi/build-openapi';
import { allOperations } from '@/lib/http/operations/all-operations';
import { StreamReply } from '@/lib/http/reply';

/** One process is reached at one origin, and its operations stay what they are. */
let written: { readonly origin: string; readonly text: string } | null = null;

/** The description of the whole API, for a server that is reached at `origin`. */
export function openApiReply(origin: string): StreamReply {
  if (written?.origin !== origin) written = { origin, text: JSON.stringify(buildOpenApi(allOperations, origin)) };
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' };
  return new StreamReply(new Blob([written.text]).stream(), headers);
}
