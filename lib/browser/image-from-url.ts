import { cancelledFault } from '@/lib/browser/call-queue';
import { Fault } from '@/lib/core/fault';

/** Most bytes taken from an address. Any image within the pixel limit is smaller, unless it is stored without compression. */
const maxImageBytes = 256 * 1024 ** 2;

const protocols = new Set(['http:', 'https:', 'data:']);

/** Longest file name taken from an address. */
const longestName = 120;

export type FetchedImage = {
  /** Last part of the path, for lists and exports. */
  readonly name: string;
  readonly blob: Blob;
};

export type ImageFromUrlOptions = { readonly signal?: AbortSignal; readonly fetch?: typeof fetch };

/**
 * Fetches what a person asked for by its address (http, https or data), straight from the browser: no server of ours sees it, no
 * cookie or referrer is sent. Throws `input-invalid` for what is no address, `url-unreachable`, `image-too-large`, `cancelled`.
 * Whether the bytes are an image is the decoder's business.
 */
export async function imageFromUrl(
  address: string,
  { signal, fetch: fetchUrl = fetch }: ImageFromUrlOptions = {},
): Promise<FetchedImage> {
  const url = parseAddress(address);
  const response = await request(url, signal, fetchUrl);
  if (!response.ok) {
    throw unreachable(
      `${url.host} answered ${response.status}${response.statusText ? ` (${response.statusText})` : ''} instead of an image.`,
      'Check that the address opens the image itself.',
    );
  }
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > maxImageBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  try {
    return { name: nameOf(url), blob: await readLimited(response) };
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    if (signal?.aborted) throw cancelledFault();
    throw unreachable(`The connection to ${url.host} broke off.`, 'Try again.', cause);
  }
}

function parseAddress(address: string): URL {
  const text = address.trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && protocols.has(url.protocol)) return url;
  throw new Fault({
    code: 'input-invalid',
    found: `“${shortened(text)}” is not the address of an image.`,
    remedy: 'Write an address that begins with https://, http:// or data:.',
  });
}

async function request(url: URL, signal: AbortSignal | undefined, fetchUrl: typeof fetch): Promise<Response> {
  try {
    return await fetchUrl(url, { signal, credentials: 'omit', referrerPolicy: 'no-referrer', mode: 'cors' });
  } catch (cause) {
    if (signal?.aborted) throw cancelledFault();
    if (url.protocol === 'data:')
      throw unreachable('This data: address could not be read.', 'Copy it again whole.', cause);
    // Browsers do not tell a refusal by the other site from a network that is down.
    throw unreachable(
      `${url.host} could not be read: it does not allow other pages to read its images, or it cannot be reached.`,
      'Open the address in a new tab, save the image, and drop the file here.',
      cause,
    );
  }
}

async function readLimited(response: Response): Promise<Blob> {
  const type = response.headers.get('content-type') ?? '';
  if (!response.body) return response.blob();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks, { type });
    bytes += value.byteLength;
    if (bytes > maxImageBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
}

function nameOf(url: URL): string {
  const last = url.protocol === 'data:' ? '' : (url.pathname.split('/').filter(Boolean).at(-1) ?? '');
  return shortened(decoded(last)) || 'image';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function shortened(text: string): string {
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text;
}

function tooLarge(): Fault {
  return new Fault({
    code: 'image-too-large',
    found: `The file at this address has more than ${maxImageBytes / 1024 ** 2} MB.`,
    remedy: 'Save it, scale it down, and drop the smaller file.',
  });
}

function unreachable(found: string, remedy: string, cause?: unknown): Fault {
  return new Fault({ code: 'url-unreachable', found, remedy }, { cause });
}
