import { lookup as lookupHost } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { Fault } from '@/lib/core/fault';
import { orAbort } from '@/lib/core/or-abort';

export type HostAddress = { readonly address: string; readonly family: number };

/** How each address on the way is asked, the first one and those that redirects lead to. */
export type HopRules = {
  /** Throws a `Fault` unless this address may be asked at these network addresses, which are all that its host has. */
  readonly admit: (url: URL, addresses: readonly HostAddress[]) => void;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** All addresses of a name; the system's resolver if absent. */
  readonly resolve?: (hostname: string) => Promise<readonly HostAddress[]>;
  /** Milliseconds without a byte after which the connection counts as broken; the client's own if absent. */
  readonly stallMilliseconds?: number;
};

const maximumRedirects = 5;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/**
 * Asks for an address and hands the first answer that is no redirect to `read`; the connection ends when `read` is through.
 * Names are resolved here, `admit` judges every address of the answer, and the connection goes to exactly those addresses, so
 * that a second answer of the name server changes nothing. Each redirect passes the same gate. Throws a `Fault`
 * (`input-invalid`, `url-refused`, `url-unreachable`), and what `admit`, `read`, the signal or the connection throw.
 */
export async function followGuarded<T>(
  address: string,
  rules: HopRules,
  read: (url: URL, response: Dispatcher.ResponseData) => Promise<T>,
): Promise<T> {
  let url = parseAddress(address);
  for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
    const answer = await ask(url, rules, read);
    if (answer.kind === 'read') return answer.value;
    url = parseAddress(answer.location, url);
  }
  throw unreachable(`The address leads through more than ${maximumRedirects} redirects.`);
}

type Answer<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'redirect'; readonly location: string };

async function ask<T>(
  url: URL,
  rules: HopRules,
  read: (url: URL, response: Dispatcher.ResponseData) => Promise<T>,
): Promise<Answer<T>> {
  const addresses = await admittedAddresses(url, rules);
  const { stallMilliseconds: bodyTimeout, headers, signal } = rules;
  // One agent a hop: a pooled connection would carry one caller's checked address over to another's request.
  const agent = new Agent({ connect: { lookup: pinnedTo(addresses) }, bodyTimeout, headersTimeout: bodyTimeout });
  try {
    const response = await request(url, { dispatcher: agent, signal, headers });
    // The agent is destroyed when a body is left unread, and the body then says so to whoever listens.
    response.body.on('error', () => undefined);
    const location = oneHeader(response.headers.location);
    if (redirectStatuses.has(response.statusCode) && location !== '') return { kind: 'redirect', location };
    return { kind: 'read', value: await read(url, response) };
  } finally {
    await agent.destroy();
  }
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

async function admittedAddresses(url: URL, rules: HopRules): Promise<readonly HostAddress[]> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  // A look-up cannot be ended, but nobody has to wait for it.
  const addresses = await orAbort(resolveHost(hostname, rules.resolve ?? resolveAll), rules.signal);
  if (addresses.length === 0) throw unreachable(`${hostname} has no address.`);
  rules.admit(url, addresses);
  return addresses;
}

async function resolveHost(
  hostname: string,
  resolve: (hostname: string) => Promise<readonly HostAddress[]>,
): Promise<readonly HostAddress[]> {
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

/** A header's value, the first of several; empty without one. */
export function oneHeader(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

/** The fault of an address that may not be asked. */
export function refused(found: string, remedy: string): Fault {
  return new Fault({ code: 'url-refused', found, remedy });
}

/** The fault of an address that gives no file. */
export function unreachable(found: string, cause?: unknown): Fault {
  const remedy = 'Check that the address opens the file itself, or send the file.';
  return new Fault({ code: 'url-unreachable', found, remedy }, { cause });
}
