import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth from 'next-auth';
import { services } from '@/lib/composition';
import { type Environment, env } from '@/lib/core/env';
import { newId } from '@/lib/core/ids';
import { findSessionHolder } from '@/lib/domain/accounts/find-session-holder';
import type { Services } from '@/lib/domain/context';
import { authOptions } from '@/lib/http/auth-options';
import { clientAddress } from '@/lib/http/client-address';
import { readBodyBytes } from '@/lib/http/multipart/read-body';
import { errorReply } from '@/lib/http/reply';
import { requestOrigin } from '@/lib/http/request-origin';
import { requireSameOrigin } from '@/lib/http/same-origin';
import { parseCookies, readSessionId } from '@/lib/http/session-cookie';
import { serviceAway, toldRefusal } from '@/lib/http/to-domain-error';

/** The sign-in form is four short fields. */
const maximumBodyBytes = 16 * 1024;

type NextContext = { readonly params: Promise<{ readonly nextauth: string[] }> };

/** Every request under /api/auth, which is next-auth's. */
export async function authRoute(request: Request, { params }: NextContext): Promise<Response> {
  const shared = await services().catch(() => null);
  if (shared === null)
    return errorReply('platform', serviceAway(null), new Headers({ 'X-Request-Id': newId('request') }));
  return handleAuth(shared, request, (await params).nextauth);
}

/**
 * Hands a request to next-auth in the shape of a pages route: there it reads no more than it is given, and the origin is the
 * one that our settings decide. Unlike its own route handler this bounds the body, and asks every change where it comes from.
 */
export async function handleAuth(
  shared: Services,
  request: Request,
  action: readonly string[],
  settings: Environment = env,
): Promise<Response> {
  const requestId = newId('request');
  const headers = new Headers({ 'X-Request-Id': requestId, 'Cache-Control': 'no-store' });
  const log = shared.log.child({ requestId, operation: `auth/${action[0]}` });
  try {
    const origin = requestOrigin(request.headers, settings);
    requireSameOrigin(request, origin);
    // The library's page script reports its own errors here; nobody's words go to the log uninvited.
    if (action[0] === '_log') return new Response(null, { status: 204, headers });
    const earlierSessionId = await readSessionId(shared, request, origin);
    const holder = earlierSessionId === null ? null : await findSessionHolder(shared, earlierSessionId);
    const options = authOptions({
      services: { ...shared, log, requestId },
      origin,
      device: {
        userAgent: request.headers.get('user-agent') ?? '',
        address: clientAddress(request),
        earlierSessionId: holder?.sessionId ?? null,
      },
      signedInUserId: holder?.userId ?? null,
      settings,
    });
    const reply = recordReply(headers);
    await NextAuth(await libraryRequest(request, action, origin), reply.recorder, options);
    return reply.finish();
  } catch (error) {
    return errorReply('platform', toldRefusal(error, log), headers);
  }
}

/** What next-auth reads of a pages request, and no more. */
async function libraryRequest(request: Request, action: readonly string[], origin: string): Promise<NextApiRequest> {
  const { host, protocol } = new URL(origin);
  const { searchParams } = new URL(request.url);
  const form = new TextDecoder().decode(await readBodyBytes(request, maximumBodyBytes));
  const read = {
    method: request.method,
    query: { ...Object.fromEntries(searchParams), nextauth: [...action] },
    cookies: Object.fromEntries(parseCookies(request.headers.get('cookie') ?? '')),
    headers: { 'x-forwarded-host': host, 'x-forwarded-proto': protocol.replace(':', '') },
    body: Object.fromEntries(new URLSearchParams(form)),
  };
  // The library's type asks for a whole socket; of it the library reads these five fields (its next/index.js).
  return read as unknown as NextApiRequest;
}

/** A pages response that remembers what next-auth tells it, to be answered as a web response. */
function recordReply(headers: Headers): { recorder: NextApiResponse; finish(): Response } {
  let status = 200;
  let body: string | null = null;
  const setCookies: string[] = [];
  const recorder = {
    status(code: number) {
      status = code;
      return recorder;
    },
    getHeader: (name: string) => (name.toLowerCase() === 'set-cookie' ? [...setCookies] : headers.get(name)),
    setHeader(name: string, value: string | readonly string[]) {
      if (name.toLowerCase() === 'set-cookie') setCookies.splice(0, setCookies.length, ...[value].flat());
      else headers.set(name, String(value));
      return recorder;
    },
    json(value: unknown) {
      headers.set('Content-Type', 'application/json');
      body = JSON.stringify(value);
    },
    send(value: unknown) {
      if (value === undefined) return;
      if (typeof value === 'string') body = value;
      else recorder.json(value);
    },
    end: () => undefined,
  };
  return {
    // As with the request: these six methods are all that the library calls.
    recorder: recorder as unknown as NextApiResponse,
    finish() {
      for (const cookie of setCookies) headers.append('Set-Cookie', cookie);
      return new Response(body, { status, headers });
    },
  };
}
