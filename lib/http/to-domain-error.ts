import type { Logger } from 'pino';
import { DomainError, type ErrorCode } from '@/lib/core/errors';
import { Fault, type FaultCode } from '@/lib/core/fault';
import { errorTable } from '@/lib/http/error-table';
import { isServiceAway } from '@/lib/http/is-service-away';

/** Faults of files and models that a caller sent, as refusals; the others are the caller's input as well. */
const codeOfFault: Partial<Record<FaultCode, ErrorCode>> = {
  'image-too-large': 'PAYLOAD_TOO_LARGE',
  'image-unsupported-format': 'UNSUPPORTED_MEDIA_TYPE',
  'out-of-memory': 'UNAVAILABLE',
  'runtime-failed': 'INTERNAL_ERROR',
};

/** Any thrown value as a refusal that may be told. Unknown ones become an internal error without their words. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof Fault)
    return new DomainError(codeOfFault[error.code] ?? 'VALIDATION_ERROR', error.message, { cause: error });
  if (isServiceAway(error)) return serviceAway(error);
  return new DomainError(
    'INTERNAL_ERROR',
    'Something went wrong here. It is in the server’s log under this request’s id; try again.',
    {
      cause: error,
    },
  );
}

/** As `toDomainError`; what is our own failure goes into the log with its cause. */
export function toldRefusal(error: unknown, log: Logger): DomainError {
  const refusal = toDomainError(error);
  if (refusal !== error && errorTable[refusal.code].status >= 500) log.error({ err: error }, 'request failed');
  return refusal;
}

/** For requests that came while the database, or what else we stand on, could not be reached. */
export function serviceAway(cause: unknown): DomainError {
  return new DomainError('UNAVAILABLE', 'The server cannot reach its database or storage just now. Try again soon.', {
    cause,
    retryAfterSeconds: 5,
  });
}
