import type { ErrorCode, InputIssue } from '@/lib/core/errors';

type ApiErrorFacts = ErrorOptions & {
  readonly code: ErrorCode | 'UNREACHABLE';
  readonly message: string;
  /** 0 when no reply came. */
  readonly status: number;
  readonly issues?: readonly InputIssue[];
  readonly requestId?: string | null;
  readonly retryAfterSeconds?: number | null;
};

/** A refusal of the API, or the lack of any reply (`UNREACHABLE`). The message may be shown as it is. */
export class ApiError extends Error {
  readonly code: ErrorCode | 'UNREACHABLE';
  readonly status: number;
  /** Every fault of the input; the path says which field. */
  readonly issues: readonly InputIssue[];
  /** What the server's log knows the request by; null when it never got there. */
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;

  constructor({
    code,
    message,
    status,
    issues = [],
    requestId = null,
    retryAfterSeconds = null,
    cause,
  }: ApiErrorFacts) {
    super(message, { cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.issues = issues;
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
