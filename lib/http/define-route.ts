import { services } from '@/lib/composition';
import { env } from '@/lib/core/env';
import { newId } from '@/lib/core/ids';
import type { Context, Services } from '@/lib/domain/context';
import { requireScope } from '@/lib/domain/context';
import { type Caller, callerContext, identifyCaller } from '@/lib/http/authenticate';
import { clientAddress } from '@/lib/http/client-address';
import type { IncomingFile } from '@/lib/http/incoming-file';
import { bodyStream } from '@/lib/http/multipart/body-stream';
import type { BodyOf, Operation, ParamsOf, QueryOf } from '@/lib/http/operation';
import { parseBody, parseParams, parseQuery } from '@/lib/http/parse-input';
import { rateLimited, refusedWindowsFor, setRateHeaders, windowsFor } from '@/lib/http/rate-limits';
import { errorReply, successReply } from '@/lib/http/reply';
import { serviceAway, toldRefusal } from '@/lib/http/to-domain-error';

export type RouteInput<O extends Operation, F = never> = {
  readonly context: Context;
  /** Who called; a `public` or `optional` operation may be called by nobody known. */
  readonly caller: Caller;
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  /** What `receiveFile` made of the file; null when there was none. */
  readonly file: F | null;
  readonly request: Request;
  /** The caller's address, for lists of devices. */
  readonly address: string;
};

export type Route<O extends Operation, F = never> = {
  /** Takes the file of a multipart body while it streams in, before the fields behind it are known. */
  receiveFile?(incoming: IncomingFile, context: Context): Promise<F>;
  /** Lets go of what `receiveFile` made, at the end of every request, refused ones included. */
  releaseFile?(file: F): Promise<void>;
  handle(input: RouteInput<O, F>): Promise<unknown>;
};

type NextContext = { readonly params: Promise<Record<string, string | string[] | undefined>> };

/**
 * One operation as a route handler: request id → who calls → limit → parse → handle → check the reply → answer. Handlers
 * return values and throw `DomainError`s; whatever else is thrown is logged with the request id and answered as an internal
 * error without a word of its own.
 */
export function defineRoute<const O extends Operation, F = never>(
  operation: O,
  route: Route<O, F> | Route<O, F>['handle'],
): (request: Request, next: NextContext) => Promise<Response> {
  const { receiveFile, releaseFile, handle }: Route<O, F> = typeof route === 'function' ? { handle: route } : route;
  return async (request, next) => {
    const requestId = newId('request');
    const headers = new Headers({ 'X-Request-Id': requestId });
    const started = performance.now();
    const shared = await services().catch(() => null);
    if (shared === null) {
      await endBody(request);
      return errorReply(operation.surface, serviceAway(null), headers);
    }
    const log = shared.log.child({ requestId, operation: operation.id });
    const received: F[] = [];
    let outcome: Response;
    try {
      const address = clientAddress(request);
      const caller = await identifyCaller(shared, operation, request).catch(async (error: unknown) => {
        await limit(shared, refusedWindowsFor(operation.limit, address), headers);
        throw error;
      });
      const context = callerContext(shared, caller, requestId, log);
      const limited = caller.kind === 'anonymous' ? ({ kind: 'anonymous', address } as const) : caller;
      await limit(shared, windowsFor(operation.limit, limited), headers);
      if (operation.scope !== undefined) requireScope(context, operation.scope);
      const params = parseParams(operation, await next.params);
      const query = parseQuery(operation, request);
      const { body, file } = await parseBody(operation, request, async (incoming) => {
        if (receiveFile === undefined) throw new Error(`${operation.id} takes a file but has no receiveFile`);
        const made = await receiveFile(incoming, context);
        received.push(made);
        return made;
      });
      const value = await handle({
        context,
        caller,
        params: params as ParamsOf<O>,
        query: query as QueryOf<O>,
        body: body as BodyOf<O>,
        file: file as F | null,
        request,
        address,
      });
      outcome = successReply(operation, value, headers);
    } catch (error) {
      const refusal = toldRefusal(error, log);
      await endBody(request);
      outcome = errorReply(operation.surface, refusal, headers);
    }
    const releases = await Promise.allSettled(received.map(async (file) => releaseFile?.(file)));
    for (const release of releases) {
      if (release.status === 'rejected') log.error({ err: release.reason }, 'a received file was not let go of');
    }
    const milliseconds = Math.round((performance.now() - started) * 10) / 10;
    log.info({ method: request.method, status: outcome.status, milliseconds }, 'request');
    shared.metrics.observeRequest(operation.id, outcome.status, milliseconds / 1000);
    return outcome;
  };
}

/**
 * Takes in the rest of a body that a refusal left unread, up to a bound: a client that is still sending would otherwise see a
 * broken connection instead of the reason.
 */
async function endBody(request: Request): Promise<void> {
  if (request.body === null || request.bodyUsed) return;
  await bodyStream(request, 0).return?.();
}

async function limit(
  { limiter, now }: Services,
  subject: ReturnType<typeof windowsFor>,
  headers: Headers,
): Promise<void> {
  if (env.LIMITS_OFF || subject === null) return;
  const at = now();
  const verdict = await limiter.count(subject.subject, subject.windows, at);
  setRateHeaders(headers, verdict);
  if (!verdict.allowed) throw rateLimited(verdict, at);
}
