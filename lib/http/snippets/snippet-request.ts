import type { Operation } from '@/lib/http/operation';
import { operationUrl } from '@/lib/http/operation-url';

/** What a code sample shows a call with. */
export type SnippetInput = {
  /** Of the server, without a slash at the end. */
  readonly origin: string;
  /** Values of the path's parameters; missing ones stand as `MODEL_ID`. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  /** Values of the operation's own headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The fields of a JSON or multipart body; without them the operation's example. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Path of the file to send; without one, what the example names, or a plain `image.jpg` where a file is needed. */
  readonly file?: string;
  /** The beginning of the caller's key, so that they know which one to put in. */
  readonly keyPrefix?: string;
};

/** A call, ready to be written down in any language. */
export type SnippetRequest = {
  readonly method: Operation['method'];
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: SnippetBody;
  /** What comes back, and so what a program does with it. */
  readonly reply: 'json' | 'file' | 'nothing';
};

type SnippetBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  | {
      readonly kind: 'form';
      readonly fields: readonly (readonly [name: string, value: string])[];
      readonly file: { readonly name: string; readonly path: string } | null;
    }
  | { readonly kind: 'bytes'; readonly path: string };

/** The call that `input` describes. */
export function snippetRequest(operation: Operation, input: SnippetInput): SnippetRequest {
  const { origin, query, headers = {} } = input;
  const body = bodyOf(operation, input);
  return {
    method: operation.method,
    url: origin + operationUrl(operation.path, paramsOf(operation, input), query),
    headers: [
      ...authorization(operation, input),
      ...ownHeaders(operation, headers),
      ...(body.kind === 'json' ? [['Content-Type', 'application/json'] as const] : []),
      ...(body.kind === 'bytes' ? [['Content-Type', 'application/octet-stream'] as const] : []),
    ],
    body,
    reply: replyOf(operation),
  };
}

function paramsOf({ path }: Operation, { params = {} }: SnippetInput): Record<string, string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return Object.fromEntries(names.map((name) => [name, params[name] ?? placeholder(name)]));
}

/** `modelId` as `MODEL_ID`. */
function placeholder(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

function authorization(
  { access, id, surface }: Operation,
  { origin, keyPrefix }: SnippetInput,
): (readonly [string, string])[] {
  const key = keyPrefix === undefined ? 'YOUR_API_KEY' : `${keyPrefix}...`;
  if (id === 'getMetrics') return [['Authorization', 'Bearer METRICS_TOKEN']];
  switch (access) {
    case 'public':
      return [];
    case 'session':
    case 'admin':
      return [
        ['Cookie', 'sightline.session=YOUR_SESSION_COOKIE'],
        ['Origin', origin],
      ];
    default:
      return [surface === 'hub' ? ['x-api-key', key] : ['Authorization', `Bearer ${key}`]];
  }
}

/** The operation's own headers: those given, and of the others those it cannot do without. */
function ownHeaders(
  { headers }: Operation,
  given: Readonly<Record<string, string>>,
): (readonly [name: string, value: string])[] {
  const needed = Object.entries(headers?.shape ?? {}).filter(([, schema]) => !schema.safeParse(undefined).success);
  const names = new Set([...needed.map(([name]) => name), ...Object.keys(given)]);
  return [...names].map((name) => [name, given[name] ?? '0'] as const);
}

function bodyOf({ body, example }: Operation, input: SnippetInput): SnippetBody {
  const shown = input.body ?? (example as Readonly<Record<string, unknown>> | undefined) ?? {};
  switch (body.kind) {
    case 'none':
      return { kind: 'none' };
    case 'json':
      return { kind: 'json', value: shown };
    case 'bytes':
      return { kind: 'bytes', path: input.file ?? 'best.onnx' };
    case 'multipart': {
      const [fileField] = body.fileFields;
      const fields = Object.entries(shown).filter(
        ([name, value]) => !body.fileFields.includes(name) && value !== undefined && value !== null,
      );
      const shownFile = shown[fileField];
      const exampleFile = typeof shownFile === 'string' ? shownFile : undefined;
      const path = input.file ?? exampleFile ?? (fields.length === 0 || body.fileRequired ? 'image.jpg' : undefined);
      return {
        kind: 'form',
        fields: fields.map(([name, value]) => [name, String(value)] as const),
        file: path === undefined ? null : { name: fileField, path },
      };
    }
  }
}

function replyOf({ reply, status }: Operation): SnippetRequest['reply'] {
  if (reply.kind === 'bytes' || status === 302) return 'file';
  return reply.kind === 'empty' ? 'nothing' : 'json';
}
