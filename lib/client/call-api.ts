import { ApiError } from '@/lib/client/api-error';
import { apiRefusal } from '@/lib/client/api-refusal';
import type { Page } from '@/lib/core/page';
import type { BodyInputOf, Operation, ParamsOf, QueryInputOf, ReplyOf } from '@/lib/http/operation';
import { operationUrl } from '@/lib/http/operation-url';

/** `never` keys only: an operation without parameters needs none. */
type Given<Name extends string, T> = [T] extends [undefined]
  ? { readonly [K in Name]?: undefined }
  : Record<never, never> extends T
    ? { readonly [K in Name]?: T }
    : { readonly [K in Name]: T };

/** What a call hands in beside its operation; what the operation does not ask for cannot be given. */
type CallInput<O extends Operation> = Given<'params', ParamsOf<O>> &
  Given<'query', QueryInputOf<O>> &
  (O['body'] extends { kind: 'bytes' } ? { readonly body: Blob } : Given<'body', BodyInputOf<O>>) & {
    /** Sent in the operation's first file field, as multipart. */
    readonly file?: O['body'] extends { kind: 'multipart' } ? File : undefined;
    readonly headers?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
    /** Instead of the browser's own, for tests. */
    readonly fetch?: typeof fetch;
  };

/** What a call gives: the data without its envelope, a page with its place in the whole, or the bytes. */
export type CallResult<O extends Operation> = O['reply'] extends { kind: 'page' }
  ? Page<ReplyOf<O>>
  : O['reply'] extends { kind: 'bytes' }
    ? Blob
    : ReplyOf<O>;

/** The input may be left out where nothing of it is needed. */
export type CallArguments<O extends Operation> =
  Record<never, never> extends CallInput<O> ? [input?: CallInput<O>] : [input: CallInput<O>];

/**
 * Calls an operation of this server's API with the browser's session. Throws `ApiError`, and the signal's reason when the call
 * was given up.
 */
export async function callApi<const O extends Operation>(
  operation: O,
  ...[input]: CallArguments<O>
): Promise<CallResult<O>> {
  const given = loose(input);
  const { params, query, signal, fetch = globalThis.fetch } = given;
  const reply = await send(() =>
    fetch(operationUrl(operation.path, params, query), {
      method: operation.method,
      credentials: 'same-origin',
      signal,
      ...requestBody(operation, given),
    }),
  );
  if (!reply.ok) throw apiRefusal(reply.status, await reply.text(), (name) => reply.headers.get(name));
  // The server checked the reply with this operation's schema before sending it.
  return (await readReply(operation, reply)) as CallResult<O>;
}

type LooseInput = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly file?: File;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly fetch?: typeof fetch;
};

/** Every input has these fields and no other types in them; only the compiler cannot see it through the conditions. */
function loose(input: unknown): LooseInput {
  return (input ?? {}) as LooseInput;
}

/** Failing to reach the server is told in our words; giving up is not a failure and stays what it is. */
async function send(call: () => Promise<Response>): Promise<Response> {
  try {
    return await call();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new ApiError({
      code: 'UNREACHABLE',
      status: 0,
      message: 'The server did not answer. Check the connection and try again.',
      cause,
    });
  }
}

function requestBody({ body: spec }: Operation, { body, file, headers }: LooseInput): RequestInit {
  switch (spec.kind) {
    case 'none':
      return { headers };
    case 'bytes':
      return { headers, body: body as Blob };
    case 'json':
      return jsonBody(body, headers);
    case 'multipart':
      if (file === undefined && spec.jsonToo) return jsonBody(body, headers);
      return { headers, body: formBody(spec.fileFields[0], body, file) };
  }
}

function jsonBody(body: unknown, headers: LooseInput['headers']): RequestInit {
  return { headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) };
}

/** Fields go before the file, so that the server can refuse early. */
function formBody(fileField: string, fields: unknown, file: File | undefined): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (value !== undefined && value !== null) form.append(name, String(value));
  }
  if (file !== undefined) form.append(fileField, file);
  return form;
}

async function readReply({ reply: spec }: Operation, reply: Response): Promise<unknown> {
  switch (spec.kind) {
    case 'empty':
      return undefined;
    case 'bytes':
      return reply.blob();
    case 'plain':
      return reply.json();
    case 'data':
      return (await reply.json()).data;
    case 'page': {
      const { data, meta } = await reply.json();
      return { items: data, meta };
    }
  }
}
