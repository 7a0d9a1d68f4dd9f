import { ApiError } from '@/lib/client/api-error';
import { callApi } from '@/lib/client/call-api';
import { Fault } from '@/lib/core/fault';
import { listModelFilesOperation } from '@/lib/http/operations/models';

type FetchModelFileOptions = {
  readonly signal: AbortSignal;
  readonly onProgress: (loadedBytes: number) => void;
  /** Instead of the browser's own, for tests. */
  readonly fetch?: typeof fetch;
};

/** Downloads the file of a model that runs, by a signed link. Throws a `Fault` with what the server said. */
export async function fetchModelFile(
  modelId: string,
  { signal, onProgress, fetch = globalThis.fetch }: FetchModelFileOptions,
): Promise<Blob> {
  try {
    const links = await callApi(listModelFilesOperation, { params: { modelId }, signal, fetch });
    const runs = links.find(({ kind }) => kind === 'converted') ?? links.find(({ kind }) => kind === 'weights');
    if (!runs) throw new Fault({ code: 'file-not-found', ...noWeights });
    return await readWhole(await fetch(reachable(runs.url), { signal }), runs.sizeBytes, onProgress);
  } catch (error) {
    if (error instanceof Fault || signal.aborted) throw error;
    const found = error instanceof ApiError ? error.message : 'The connection to the server broke.';
    throw new Fault({ code: 'url-unreachable', found, remedy: 'Reload the page to try again.' }, { cause: error });
  }
}

const noWeights = { found: 'This model has no file.', remedy: 'Add one on its Overview tab.' };

/**
 * Signed links name the server by its public address. The page may have been opened by another one (an address in the local
 * network, a tunnel), from where the public one may be out of reach; the signature covers the path, so our own links work there.
 */
export function reachable(url: string, origin: string = globalThis.location?.origin ?? ''): string {
  const { pathname, search } = new URL(url);
  return pathname.startsWith('/api/files/') ? `${origin}${pathname}${search}` : url;
}

async function readWhole(
  response: Response,
  sizeBytes: number,
  onProgress: (loadedBytes: number) => void,
): Promise<Blob> {
  if (!response.ok || !response.body) {
    const remedy = 'The link may have expired, or the model was deleted. Reload the page.';
    throw new Fault({ code: 'url-unreachable', found: `The file answered with status ${response.status}.`, remedy });
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let loadedBytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    loadedBytes += value.byteLength;
    onProgress(loadedBytes);
  }
  if (loadedBytes === sizeBytes) return new Blob(parts);
  throw new Fault({
    code: 'url-unreachable',
    found: `Expected a file of ${sizeBytes} bytes, found ${loadedBytes}.`,
    remedy: 'The connection broke off. Reload the page to try again.',
  });
}
