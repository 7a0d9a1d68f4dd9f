import { isBranded } from '@/lib/core/brand';

/** Every way in which a request can fail, as words. Which status each has on the wire is decided in lib/http. */
const errorCodes = [
  'UNAUTHORIZED',
  'FORBIDDEN',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'VALIDATION_ERROR',
  'CONFLICT',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'PAYMENT_REQUIRED',
  'QUOTA_EXCEEDED',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'INTERNAL_ERROR',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Whether a word is one of our codes. */
export function isErrorCode(word: string): word is ErrorCode {
  return (errorCodes as readonly string[]).includes(word);
}

/** One fault of an input: where it is, what is wrong there, and what would have been right. */
export type InputIssue = { readonly path: string; readonly message: string; readonly expected?: string };

const brand = Symbol.for('sightline.domain-error');

type DomainErrorOptions = ErrorOptions & {
  readonly issues?: readonly InputIssue[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfterSeconds?: number;
};

/**
 * A refusal that may be told to the caller word for word: the message says what was expected, what was found and what to do.
 * The `cause` stays in the log.
 */
export class DomainError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass inherits this and asks for itself.
    return isBranded(value, brand, this, DomainError);
  }

  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly issues: readonly InputIssue[];
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, message: string, options: DomainErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.issues = options.issues ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}

/** What is not there and what is another tenant's answer alike, so that nobody learns which ids exist. */
export function notFound(what: string): DomainError {
  return new DomainError('NOT_FOUND', `${what} not found. It may have been deleted, or belong to another workspace.`);
}

/** Faults of the input, all at once. */
export function invalidInput(issues: readonly InputIssue[], message = 'Invalid request data'): DomainError {
  const first = issues[0];
  const detail = first === undefined ? '' : `: ${first.path === '' ? '' : `${first.path} `}${first.message}`;
  return new DomainError('VALIDATION_ERROR', `${message}${detail}`, { issues });
}
