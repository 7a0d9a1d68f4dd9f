import { callApi } from '@/lib/client/call-api';
import type { CatalogueEntry } from '@/lib/domain/catalogue/schema';
import {
  getCatalogueEntryOperation,
  readWeightsOperation,
  startWeightsDownloadOperation,
} from '@/lib/http/operations/catalogue';

type FetchWeightsOptions = {
  readonly signal: AbortSignal;
  /** Hears every state the download is seen in. */
  readonly onEntry: (entry: CatalogueEntry) => void;
  /** Milliseconds between two looks at it. */
  readonly everyMilliseconds?: number;
  /** Instead of the browser's own, for tests. */
  readonly fetch?: typeof fetch;
};

/**
 * Accepts the licence of official weights, which somebody has just read, and waits until the server has them. Gives the entry
 * as it is in the end: `ready`, `failed`, or `absent` when the download was cancelled. Throws `ApiError`, and the signal's reason.
 */
export async function fetchWeights(name: string, options: FetchWeightsOptions): Promise<CatalogueEntry> {
  const { signal, onEntry, everyMilliseconds = 700, fetch } = options;
  const params = { name };
  let entry = await callApi(startWeightsDownloadOperation, { params, body: { acceptLicense: true }, signal, fetch });
  for (;;) {
    onEntry(entry);
    if (entry.state !== 'waiting' && entry.state !== 'downloading') return entry;
    await pause(everyMilliseconds, signal);
    entry = await callApi(getCatalogueEntryOperation, { params, signal, fetch });
  }
}

/** The bytes of official weights that the server has, as a file of their own name. Throws as `callApi` does. */
export async function readWeights({ name, fileName }: CatalogueEntry, signal: AbortSignal): Promise<File> {
  const bytes = await callApi(readWeightsOperation, { params: { name }, signal });
  return new File([bytes], fileName);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
