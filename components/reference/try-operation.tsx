'use client';

import { useMutation } from '@tanstack/react-query';
import { Send, Square } from 'lucide-react';
import { type FormEvent, useRef } from 'react';
import { useFrameSession } from '@/components/frame/frame-context';
import type { OpenApiDocument, ReferenceOperation } from '@/components/reference/openapi-document';
import { performRequest } from '@/components/reference/perform-request';
import { ReplyView } from '@/components/reference/reply-view';
import { TryFields } from '@/components/reference/try-fields';
import { faultOfDraft, type TryDraft, tryRequest } from '@/components/reference/try-request';
import { Button } from '@/components/ui/button';
import { FaultNote } from '@/components/ui/fault-note';
import { operationUrl } from '@/lib/http/operation-url';

type TryOperationProps = {
  readonly document: OpenApiDocument;
  readonly operation: ReferenceOperation;
  readonly draft: TryDraft;
  readonly onChange: (draft: TryDraft) => void;
  readonly pastedKey: string | null;
};

/** Sends the operation for real, with the session of this browser or the pasted key, and shows what comes back. */
export function TryOperation({ document, operation, draft, onChange, pastedKey }: TryOperationProps) {
  const session = useFrameSession();
  const abort = useRef<AbortController | null>(null);
  const { method, security } = operation;
  const needsCaller = security.length > 0;
  const takesKey = security.includes('bearer');
  const isStranger = needsCaller && session === null && !(takesKey && pastedKey !== null);
  const fault = isStranger ? 'Sign in, or paste a key above' : faultOfDraft(operation, draft);
  const exchange = useMutation({
    mutationFn: () => {
      abort.current = new AbortController();
      const { path, query, headers, body } = tryRequest(operation, draft);
      const withKey = takesKey && pastedKey !== null;
      return performRequest(operationUrl(path, {}, query), {
        method,
        body,
        headers: withKey ? { ...headers, Authorization: `Bearer ${pastedKey}` } : headers,
        credentials: withKey ? 'omit' : 'same-origin',
        signal: abort.current.signal,
      });
    },
  });
  const isStopped = exchange.error instanceof DOMException && exchange.error.name === 'AbortError';

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (fault === null && !exchange.isPending) exchange.mutate();
  }

  return (
    <div className="grid min-w-0 gap-2">
      <h4 className="font-semibold text-strong text-xs">Try it</h4>
      <div className="min-w-0 rounded-control border">
        <form onSubmit={submit} className="grid gap-3 p-3">
          <TryFields document={document} operation={operation} draft={draft} onChange={onChange} />
          <div className="flex flex-wrap items-center justify-end gap-3">
            <span className="text-muted text-xs">
              {fault ?? (method === 'GET' ? '' : 'This is sent for real and changes what is there.')}
            </span>
            {exchange.isPending ? (
              <Button onClick={() => abort.current?.abort()}>
                <Square size={13} aria-hidden />
                Stop
              </Button>
            ) : (
              <Button type="submit" disabled={fault !== null}>
                <Send size={13} aria-hidden />
                Send
              </Button>
            )}
          </div>
        </form>
        {exchange.isError && !isStopped && (
          <FaultNote
            found="No reply came."
            remedy="The server did not answer, or the connection broke. Send it again."
            className="m-3"
          />
        )}
        {exchange.data && (
          <div className="border-t">
            <ReplyView reply={exchange.data} />
          </div>
        )}
      </div>
    </div>
  );
}
