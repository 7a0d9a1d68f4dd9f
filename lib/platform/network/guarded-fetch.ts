import { lookup as lookupHost } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { Fault } from '@/lib/core/fault';
import { orAbort } from '@/lib/core/or-abort';
import { type AllowedHost, isAllowedHost, parseAllowedHosts } from '@/lib/platform/network/allowed-hosts';
import { isPublicAddress } from '@/lib/platform/network/public-address';
import { bodyTooLarge, readLimitedBody } from '@/lib/platform/network/read-limited-body';

type FetchedFile = {
  readonly bytes: Uint8Array;
  /** As the other server says it; empty if it says nothing. Never to be trusted. */
  readonly contentType: string;
  /** Where the file was in the end. */
  readonly url: URL;
};

export type HostAddress = { readonly address: string; readonly family: number };

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

type Hop = { readonly allowed: readonly AllowedHost[]; readonly signal: AbortSignal } & Required<
  Pick<GuardedFetchSettings, 'resolve' | 'maximumBytes'>
>;

const maximumRedirects = 5;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches what a stranger named by its address, from inside our network, without lending the stranger our place in it. Names
 * are resolved here, every address of the answer must be public, and the connection goes to exactly those addresses, so that
 * a second answer of the name server changes nothing. Each redirect passes the same gate.
 */
export function createGuardedFetch(settings: GuardedFetchSettings): GuardedFetch {
  const allowed = parseAllowedHosts(settings.allowedHosts);
  const { resolve = resolveAll, maximumBytes = 10 * 1024 ** 2, deadlineMilliseconds = 10_000 } = settings;
  return async (address, callerSignal) => {
    const deadline = AbortSignal.timeout(deadlineMilliseconds);
    const signal = callerSignal === undefined ? deadline : AbortSignal.any([deadline, callerSignal]);
    try {
      return await follow(parseAddress(address), { allowed, resolve, maximumBytes, signal });
    } catch (error) {
      callerSignal?.throwIfAborted();
      if (error instanceof Fault) throw error;
      if (deadline.aborted) throw unreachable(`The file did not arrive within ${deadlineMilliseconds / 1000} seconds.`);
      throw unreachable('The other server could not be reached, or the connection broke off.', error);
    }
  };
}

async function follow(first: URL, hop: Hop): Promise<FetchedFile> {
  let url = first;
  for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
    const answer = await ask(url, hop);
    if (answer.kind === 'file') return answer.file;
    url = parseAddress(answer.location, url);
  }
  throw unreachable(`The address leads through more than ${maximumRedirects} redirects.`);
}

type Answer =
  | { readonly kind: 'file'; readonly file: FetchedFile }
  | { readonly kind: 'redirect'; readonly location: string };

async function ask(url: URL, hop: Hop): Promise<Answer> {
  const addresses = await checkedAddresses(url, hop);
  // One agent a hop: a pooled connection would carry one caller's checked address over to another's request.
  const agent = new Agent({ connect: { lookup: pinnedTo(addresses) } });
  try {
    const response = await request(url, {
      dispatcher: agent,
      signal: hop.signal,
      headers: { accept: 'image/*,video/*,*/*;q=0.5', 'accept-encoding': 'identity', 'user-agent': 'Sightline' },
    });
    return await readAnswer(url, response, hop);
  } finally {
    await agent.destroy();
  }
}

async function readAnswer(
  url: URL,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { maximumBytes }: Hop,
): Promise<Answer> {
  // The agent is destroyed when a body is left unread, and the body then says so to whoever listens.
  body.on('error', () => undefined);
  const location = oneHeader(headers.location);
  if (redirectStatuses.has(statusCode) && location !== '') return { kind: 'redirect', location };
  if (statusCode < 200 || statusCode > 299) throw unreachable(`${url.host} answered ${statusCode} instead of a file.`);
  if (Number(oneHeader(headers['content-length'])) > maximumBytes) throw bodyTooLarge(maximumBytes);
  const bytes = await readLimitedBody(body, oneHeader(headers['content-encoding']), maximumBytes);
  return { kind: 'file', file: { bytes, contentType: oneHeader(headers['content-type']), url } };
}

function parseAddress(address: string, base?: URL): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Fault({
      code: base === undefined ? 'input-invalid' : 'url-refused',
      found: `“${address.slice(0, 120)}” is not an address that begins with http:// or https://.`,
      remedy: 'Name the file by such an address, or send the file itself.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw refused('The address holds a user name or a password.', 'Remove them, or send the file itself.');
  }
  return url;
}

async function checkedAddresses(url: URL, { allowed, resolve, signal }: Hop): Promise<readonly HostAddress[]> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  // A look-up cannot be ended, but nobody has to wait for it.
  const addresses = await orAbort(resolveHost(hostname, resolve), signal);
  if (addresses.length === 0) throw unreachable(`${hostname} has no address.`);
  if (isAllowedHost(url, allowed) || addresses.every(({ address }) => isPublicAddress(address))) return addresses;
  // The addresses themselves stay untold: they would map our network for whoever asks.
  throw refused(
    `${url.host} is not a public address.`,
    'Send the file itself. Who runs this server can allow the host in SOURCE_ALLOWED_HOSTS.',
  );
}

async function resolveHost(hostname: string, resolve: Hop['resolve']): Promise<readonly HostAddress[]> {
  // WHATWG URLs write every notation of an IPv4 address (decimal, octal, hexadecimal) as four decimal parts.
  if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return [{ address: hostname, family: 4 }];
  if (hostname.includes(':')) return [{ address: hostname, family: 6 }];
  try {
    return await resolve(hostname);
  } catch (error) {
    throw unreachable(`${hostname} has no address.`, error);
  }
}

function resolveAll(hostname: string): Promise<HostAddress[]> {
  return lookupHost(hostname, { all: true });
}

/** Answers every look-up with the checked addresses. Node asks for all of them, or for one where it may not try several. */
function pinnedTo(addresses: readonly HostAddress[]): LookupFunction {
  return (_hostname, options, callback) => {
    if (options.all) callback(null, [...addresses]);
    else callback(null, addresses[0].address, addresses[0].family);
  };
}

function oneHeader(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

function refused(found: string, remedy: string): Fault {
  return new Fault({ code: 'url-refused', found, remedy });
}

function unreachable(found: string, cause?: unknown): Fault {
  const remedy = 'Check that the address opens the file itself, or send the file.';
  return new Fault({ code: 'url-unreachable', found, remedy }, { cause });
}
