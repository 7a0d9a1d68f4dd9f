/** Progress is told this often, and not at all for a file that arrives sooner, as one from the cache does. */
const tellEveryMs = 150;

/**
 * Downloads a file into the browser's cache and tells how far it is. The bytes are not kept: whoever needs the file asks for
 * the same URL and is served from the cache, which also keeps the compiled code of a WebAssembly file.
 */
export async function observeDownload(
  url: string,
  tell: (progress: { file: string; loadedBytes: number; totalBytes: number | null }) => void,
): Promise<void> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const file = url.slice(url.lastIndexOf('/') + 1);
  const totalBytes = decodedLength(response.headers);
  const reader = response.body?.getReader();
  if (!reader) return;
  let loadedBytes = 0;
  let lastTold = performance.now();
  let told = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    loadedBytes += value.byteLength;
    const now = performance.now();
    if (now - lastTold >= tellEveryMs) {
      lastTold = now;
      told = true;
      tell({ file, loadedBytes, totalBytes });
    }
  }
  if (told) tell({ file, loadedBytes, totalBytes: loadedBytes });
}

/** Content-Length counts compressed bytes where the transfer is encoded, while the reader sees decoded ones: then unknown. */
function decodedLength(headers: Headers): number | null {
  if (headers.has('content-encoding')) return null;
  const length = Number(headers.get('content-length') ?? Number.NaN);
  return Number.isSafeInteger(length) && length > 0 ? length : null;
}
