'use client';

import { Button } from '@/components/ui/button';
import { FaultNote } from '@/components/ui/fault-note';
import { ApiError } from '@/lib/client/api-error';

type RequestFaultProps = {
  /** What could not be done: “The projects could not be loaded”. */
  readonly what: string;
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly className?: string;
};

/** A failed request where its result would stand: what failed, the server's words, the request's id and another try. */
export function RequestFault({ what, error, onRetry, className }: RequestFaultProps) {
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <FaultNote found={what} remedy={faultWords(error)} className={className}>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
      {requestId && <span className="self-center font-mono text-2xs text-muted">Request {requestId}</span>}
    </FaultNote>
  );
}

/** What to tell a person about anything that was thrown while asking the server. */
export function faultWords(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return 'The page itself failed while asking the server. Reload it and try again.';
}
