import type { Dispatcher } from 'undici';
import { Fault } from '@/lib/core/fault';
import { type AllowedHost, isAllowedHost, parseAllowedHosts } from '@/lib/platform/network/allowed-hosts';
import { followGuarded, type HostAddress, oneHeader, refused, unreachable } from '@/lib/platform/network/guarded-hops';
import { isPublicAddress } from '@/lib/platform/network/public-address';
import { bodyTooLarge, readLimitedBody } from '@/lib/platform/network/read-limited-body';

type FetchedFile = {
  readonly bytes: Uint8Array;
  /** As the other server says it; empty if it says nothing. Never to be trusted. */
  readonly contentType: string;
  /** Where the file was in the end. */
  readonly url: URL;
};

export type GuardedFetchSettings = {
  /** Entries of SOURCE_ALLOWED_HOSTS: hosts that may be private. */
  readonly allowedHosts: readonly string[];
  /** All addresses of a name. */
  readonly resolve?: (hostname: string) => Promise<readonly HostAddress[]>;
  /** For everything together: names, redirects and the file. Default 10 seconds. */
  readonly deadlineMilliseconds?: number;
  /** Default 10 MiB. */
  readonly maximumBytes?: number;
};

/**
 * Throws a `Fault`: `input-invalid` (no address), `url-refused` (not public), `url-unreachable`, `image-too-large`; and the
 * signal's reason.
 */
export type GuardedFetch = (address: string, signal?: AbortSignal) => Promise<FetchedFile>;

const headers = { accept: 'image/*,video/*,*/*;q=0.5', 'accept-encoding': 'identity', 'user-agent': 'Sightline' };

/**
 * Fetches what a stranger named by its address, from inside our network, without lending the stranger our place in it: only
 * public addresses are asked, and those the operator allowed.
 */
export function createGuardedFetch(settings: GuardedFetchSettings): GuardedFetch {
  const allowed = parseAllowedHosts('SOURCE_ALLOWED_HOSTS', settings.allowedHosts);
  const { resolve, maximumBytes = 10 * 1024 ** 2, deadlineMilliseconds = 10_000 } = settings;
  return async (address, callerSignal) => {
    const deadline = AbortSignal.timeout(deadlineMilliseconds);
    const signal = callerSignal === undefined ? deadline : AbortSignal.any([deadline, callerSignal]);
    const rules = { admit: admitPublic(allowed), headers, signal, resolve };
    try {
      return await followGuarded(address, rules, (url, response) => readFile(url, response, maximumBytes));
    } catch (error) {
      callerSignal?.throwIfAborted();
      if (error instanceof Fault) throw error;
      if (deadline.aborted) throw unreachable(`The file did not arrive within ${deadlineMilliseconds / 1000} seconds.`);
      throw unreachable('The other server could not be reached, or the connection broke off.', error);
    }
  };
}

async function readFile(
  url: URL,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  maximumBytes: number,
): Promise<FetchedFile> {
  if (statusCode < 200 || statusCode > 299) throw unreachable(`${url.host} answered ${statusCode} instead of a file.`);
  if (Number(oneHeader(headers['content-length'])) > maximumBytes) throw bodyTooLarge(maximumBytes);
  const bytes = await readLimitedBody(body, oneHeader(headers['content-encoding']), maximumBytes);
  return { bytes, contentType: oneHeader(headers['content-type']), url };
}

function admitPublic(allowed: readonly AllowedHost[]) {
  return (url: URL, addresses: readonly HostAddress[]): void => {
    if (isAllowedHost(url, allowed) || addresses.every(({ address }) => isPublicAddress(address))) return;
    // The addresses themselves stay untold: they would map our network for whoever asks.
    throw refused(
      `${url.host} is not a public address.`,
      'Send the file itself. Who runs this server can allow the host in SOURCE_ALLOWED_HOSTS.',
    );
  };
}
