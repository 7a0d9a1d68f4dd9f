import type { Dispatcher } from 'undici';
import { Fault } from '@/lib/core/fault';
import { isAllowedHost, parseAllowedHosts } from '@/lib/platform/network/allowed-hosts';
import {
  followGuarded,
  type HopRules,
  type HostAddress,
  oneHeader,
  refused,
  unreachable,
} from '@/lib/platform/network/guarded-hops';
import { isPublicAddress } from '@/lib/platform/network/public-address';

/** Which part of a file is wanted. */
type DownloadRequest = {
  readonly address: string;
  /** Bytes that are here already. */
  readonly offset: number;
  /** The tag of the file those bytes are of. Without one nothing can be resumed: the offset counts as 0. */
  readonly entityTag: string | null;
  readonly signal: AbortSignal;
};

/** What the other server sends. Nothing of it is to be trusted: neither length nor tag. */
export type Download = {
  /** Byte of the file at which `body` begins: the one asked for, or 0 where the file is another one by now. */
  readonly offset: number;
  /** Bytes of the whole file, or null when the server does not say. */
  readonly totalBytes: number | null;
  /** A tag that stands for exactly these bytes; null when the server gives none. */
  readonly entityTag: string | null;
  readonly body: AsyncIterable<Uint8Array>;
};

/**
 * Hands the answer to `consume`; the connection ends when that is through. Throws a `Fault` (`url-refused`, `url-unreachable`),
 * the latter also from within the body when the connection breaks off; the signal's reason, and what `consume` throws.
 */
export type GuardedDownload = <T>(request: DownloadRequest, consume: (download: Download) => Promise<T>) => Promise<T>;

export type GuardedDownloadSettings = {
  /** Hosts of the public internet that may be asked and redirected to, over https only. */
  readonly publicHosts: readonly string[];
  /** Entries of CATALOGUE_ALLOWED_HOSTS: further hosts, which may be private and without https. */
  readonly allowedHosts: readonly string[];
  readonly resolve?: HopRules['resolve'];
  /** Milliseconds without a byte after which the connection counts as broken; 30 000 if absent. */
  readonly stallMilliseconds?: number;
};

/**
 * Downloads large files of a few known hosts, from where they were broken off. Every redirect must lead to one of those hosts
 * too, and a public name must not resolve into our own network.
 */
export function createGuardedDownload(settings: GuardedDownloadSettings): GuardedDownload {
  const admit = admitListed(settings);
  const { resolve, stallMilliseconds = 30_000 } = settings;

  /** Null when the other server has no such part: what is here is longer than its file. */
  async function askFrom<T>(
    offset: number,
    { address, entityTag, signal }: DownloadRequest,
    consume: (download: Download) => Promise<T>,
  ): Promise<{ readonly value: T } | null> {
    const range: Readonly<Record<string, string>> =
      offset > 0 && entityTag !== null ? { range: `bytes=${offset}-`, 'if-range': entityTag } : {};
    const rules = { admit, headers: { ...ownHeaders, ...range }, signal, resolve, stallMilliseconds };
    let isConsuming = false;
    try {
      return await followGuarded(address, rules, async (url, response) => {
        if (response.statusCode === 416 && offset > 0) return null;
        const download = readAnswer(url, response, offset, signal);
        isConsuming = true;
        return { value: await consume(download) };
      });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Fault || isConsuming) throw error;
      throw unreachable('The other server could not be reached.', error);
    }
  }

  return async (request, consume) => {
    const resumed = request.entityTag === null ? 0 : request.offset;
    const part = await askFrom(resumed, request, consume);
    const answer = part ?? (await askFrom(0, request, consume));
    if (answer === null) throw unreachable('The other server has no such file.');
    return answer.value;
  };
}

const ownHeaders = { accept: 'application/octet-stream', 'accept-encoding': 'identity', 'user-agent': 'Sightline' };

function readAnswer(
  url: URL,
  { statusCode, headers, body: stream }: Dispatcher.ResponseData,
  asked: number,
  signal: AbortSignal,
): Download {
  const body = toldBreaks(stream, url, signal);
  const encoding = oneHeader(headers['content-encoding']);
  if (encoding !== '' && encoding !== 'identity') {
    throw unreachable(`${url.host} sent the file in the encoding “${encoding.slice(0, 40)}”, which was not asked for.`);
  }
  const entityTag = strongTag(oneHeader(headers.etag));
  if (statusCode === 206) {
    const { start, totalBytes } = contentRange(oneHeader(headers['content-range']));
    if (asked > 0 && start === asked) return { offset: start, totalBytes, entityTag, body };
    throw unreachable(`${url.host} was asked for the file from byte ${asked} on, and answered with another part.`);
  }
  if (statusCode !== 200) throw unreachable(`${url.host} answered ${statusCode} instead of the file.`);
  return { offset: 0, totalBytes: wholeNumber(oneHeader(headers['content-length'])), entityTag, body };
}

/** The same bytes; a connection that breaks off says so as a `Fault`. */
async function* toldBreaks(
  stream: AsyncIterable<Uint8Array>,
  url: URL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(`The connection to ${url.host} broke off.`, error);
  }
}

/** A tag that begins with W/ stands for files that merely mean the same. */
function strongTag(tag: string): string | null {
  return /^"[\x21\x23-\x7e\x80-\xff]{1,200}"$/.test(tag) ? tag : null;
}

function contentRange(header: string): { start: number | null; totalBytes: number | null } {
  const [, start = '', total = ''] = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(header) ?? [];
  return { start: wholeNumber(start), totalBytes: wholeNumber(total) };
}

function wholeNumber(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function admitListed({ publicHosts, allowedHosts }: GuardedDownloadSettings): HopRules['admit'] {
  const listed = parseAllowedHosts('hosts of the catalogue', publicHosts);
  const allowed = parseAllowedHosts('CATALOGUE_ALLOWED_HOSTS', allowedHosts);
  return (url: URL, addresses: readonly HostAddress[]): void => {
    if (isAllowedHost(url, allowed)) return;
    const isListed = url.protocol === 'https:' && isAllowedHost(url, listed);
    if (isListed && addresses.every(({ address }) => isPublicAddress(address))) return;
    throw refused(
      `The download leads to ${url.protocol}//${url.host.slice(0, 120)}, where nothing may be fetched from.`,
      'Who runs this server can allow the host in CATALOGUE_ALLOWED_HOSTS.',
    );
  };
}
