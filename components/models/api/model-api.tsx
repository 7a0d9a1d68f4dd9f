'use client';

import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useCallerKey } from '@/components/models/api/caller-key';
import type { Exchange } from '@/components/models/api/exchange';
import { ReplySection } from '@/components/models/api/reply-section';
import {
  freshDraft,
  type PlannedRequest,
  plannedRequest,
  type RequestDraft,
} from '@/components/models/api/request-draft';
import { RequestSection } from '@/components/models/api/request-section';
import { sendPlannedRequest } from '@/components/models/api/send-planned-request';
import { SnippetSection } from '@/components/models/api/snippet-section';
import { PageBody } from '@/components/ui/page-body';
import type { Model } from '@/lib/domain/models/schema';

/** How programs call this model: its address, the code for it, and a request that is sent for real. */
export function ModelApi({ model }: { readonly model: Model }) {
  const [draft, setDraft] = useState(freshDraft);
  const key = useCallerKey();
  const abort = useRef<AbortController | null>(null);
  const request = plannedRequest(draft, model);
  const exchange = useMutation({
    mutationFn: async ({ sent, planned }: { sent: RequestDraft; planned: PlannedRequest }): Promise<Exchange> => {
      abort.current?.abort();
      abort.current = new AbortController();
      const { signal } = abort.current;
      return { draft: sent, reply: await sendPlannedRequest(planned, { key: key.whole, signal }) };
    },
  });

  return (
    <PageBody>
      {model.status !== 'ready' && (
        <p className="rounded-control border bg-sunken px-3 py-2 text-body text-xs">
          {model.statusReason ?? 'This model has no file yet.'} Requests to it are answered with an error.
        </p>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <RequestSection
            model={model}
            draft={draft}
            request={request}
            onChange={setDraft}
            isSending={exchange.isPending}
            onSend={() => exchange.mutate({ sent: draft, planned: request })}
            onStop={() => abort.current?.abort()}
          />
          <SnippetSection request={request} callerKey={key} />
        </div>
        <ReplySection exchange={exchange.data ?? null} error={exchange.error} isSending={exchange.isPending} />
      </div>
    </PageBody>
  );
}
