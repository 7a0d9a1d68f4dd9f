import type { z } from 'zod';
import type { ErrorCode } from '@/lib/core/errors';
import type { Scope } from '@/lib/core/scopes';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';

/** Which generation of the contract a path belongs to: decides how callers prove who they are and how replies are wrapped. */
export type Surface = 'platform' | 'hub';

/** Which windows a call counts in. */
export type LimitClass = 'api' | 'inference' | 'hub' | 'sign-in' | 'none';

export type BodySpec =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly schema: z.ZodType }
  /** `fileFields`: the names under which the file may come. The file is streamed to the route's `receiveFile`. */
  | {
      readonly kind: 'multipart';
      readonly fields: z.ZodType;
      readonly fileFields: readonly string[];
      readonly fileRequired: boolean;
      readonly maximumFileBytes: number;
      readonly fileDescription: string;
      /** The same fields as JSON or as a form, for callers without a file. */
      readonly jsonToo?: boolean;
    }
  | { readonly kind: 'bytes'; readonly maximumBytes: number; readonly description: string };

type ReplySpec =
  /** `{success: true, data}`; `{success: true, data, meta}` for a `page`, whose schema is that of one item. */
  | { readonly kind: 'data'; readonly schema: z.ZodType }
  | { readonly kind: 'page'; readonly schema: z.ZodType }
  /** The body exactly as the handler returns it. */
  | { readonly kind: 'plain'; readonly schema: z.ZodType }
  | { readonly kind: 'bytes'; readonly contentType: string; readonly description: string }
  | { readonly kind: 'empty' };

/**
 * Everything there is to say about one operation of the API. The same object parses the request, checks the reply, types the
 * browser's client and prints its part of the OpenAPI document.
 */
export type Operation = {
  readonly id: string;
  readonly method: Method;
  /** With parameters in braces, as in OpenAPI. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly surface: Surface;
  /**
   * `caller`: an API key or the signed-in browser. `session`: the signed-in browser only. `optional`: either, or nobody.
   * `public`: nobody is asked. `admin`: a signed-in administrator.
   */
  readonly access: 'caller' | 'session' | 'optional' | 'public' | 'admin';
  readonly scope?: Scope;
  readonly limit: LimitClass;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodType;
  /** Request headers that the handler itself reads, for the reference: beside those of every operation. */
  readonly headers?: z.ZodObject;
  readonly body: BodySpec;
  readonly reply: ReplySpec;
  readonly status?: 200 | 201 | 202 | 204 | 302;
  /** Under which the same kind of body may come, too: a part of a file, a server that is not ready. */
  readonly alsoStatus?: 206 | 503;
  /** Beside those that every operation can answer. */
  readonly errors?: readonly ErrorCode[];
  /** A request body as somebody would send it, for the reference; a file by its name. */
  readonly example?: unknown;
};

/** Keeps the literal types of an operation while checking its shape. */
export function defineOperation<const O extends Operation>(operation: O): O {
  return operation;
}

export type ParamsOf<O extends Operation> = O['params'] extends z.ZodType ? z.infer<O['params']> : Record<never, never>;
export type QueryOf<O extends Operation> = O['query'] extends z.ZodType ? z.infer<O['query']> : Record<never, never>;
export type BodyOf<O extends Operation> = O['body'] extends { kind: 'json'; schema: infer S extends z.ZodType }
  ? z.infer<S>
  : O['body'] extends { kind: 'multipart'; fields: infer F extends z.ZodType }
    ? z.infer<F>
    : undefined;
/** What callers may write: defaults may be left out. */
export type QueryInputOf<O extends Operation> = O['query'] extends z.ZodType
  ? z.input<O['query']>
  : Record<never, never>;
export type BodyInputOf<O extends Operation> = O['body'] extends { kind: 'json'; schema: infer S extends z.ZodType }
  ? z.input<S>
  : O['body'] extends { kind: 'multipart'; fields: infer F extends z.ZodType }
    ? z.input<F>
    : undefined;
/** The data of the reply, without its envelope. */
export type ReplyOf<O extends Operation> = O['reply'] extends { schema: infer S extends z.ZodType }
  ? z.infer<S>
  : undefined;
