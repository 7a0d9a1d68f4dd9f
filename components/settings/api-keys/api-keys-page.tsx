'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { ApiKeysTable } from '@/components/settings/api-keys/api-keys-table';
import { CreateKeyDialog } from '@/components/settings/api-keys/create-key-dialog';
import { NewKeyNote } from '@/components/settings/api-keys/new-key-note';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { Pager } from '@/components/ui/pager';
import { parsedParams } from '@/components/ui/parsed-params';
import { RequestFault } from '@/components/ui/request-fault';
import { SkeletonRows } from '@/components/ui/skeleton-rows';
import { useOrigin } from '@/components/ui/use-origin';
import { useUrlParams } from '@/components/ui/use-url-params';
import { apiQuery, tagKey } from '@/lib/client/query-keys';
import { type Page, pageQuery } from '@/lib/core/page';
import type { OfferedScope } from '@/lib/core/scopes';
import type { ApiKey, CreatedApiKey } from '@/lib/domain/api-keys/schema';
import { listApiKeysOperation } from '@/lib/http/operations/api-keys';

type ApiKeysPageProps = { readonly initial: Page<ApiKey>; readonly offered: readonly OfferedScope[] };

/** The keys that scripts call this server with. */
export function ApiKeysPage({ initial, offered }: ApiKeysPageProps) {
  const queryClient = useQueryClient();
  const url = useUrlParams();
  const origin = useOrigin();
  const [created, setCreated] = useState<CreatedApiKey | null>(null);
  const query = parsedParams(pageQuery, url.values);
  const isFirstView = query.page === initial.meta.page && query.limit === initial.meta.limit;
  const keys = useQuery({
    ...apiQuery(listApiKeysOperation, { query }),
    initialData: isFirstView ? { items: [...initial.items], meta: initial.meta } : undefined,
    staleTime: 10_000,
  });
  const openDialog = () => url.set({ new: 1 });
  const closeDialog = () => url.set({ new: null }, 'replace');

  function receive(key: CreatedApiKey): void {
    setCreated(key);
    url.set({ new: null, page: null }, 'replace');
    void queryClient.invalidateQueries({ queryKey: tagKey(listApiKeysOperation.tag) });
  }

  return (
    <section aria-labelledby="api-keys" className="grid min-w-0 gap-4">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="grid gap-0.5">
          <h2 id="api-keys" className="font-semibold text-md text-strong">
            API keys
          </h2>
          <p className="text-pretty text-muted">A key lets a script do what you can do here, or a part of it.</p>
        </div>
        {keys.data?.meta.total !== 0 && (
          <Button variant="primary" onClick={openDialog}>
            <Plus size={14} aria-hidden />
            New key
          </Button>
        )}
      </div>
      {created !== null && <NewKeyNote created={created} offered={offered} onStored={() => setCreated(null)} />}
      <KeysList keys={keys} onCreate={openDialog} origin={origin} />
      {keys.data !== undefined && (
        <Pager
          {...keys.data.meta}
          noun="keys"
          onPage={(page) => url.set({ page })}
          onLimit={(limit) => url.set({ limit, page: null })}
        />
      )}
      {url.values.new !== undefined && <CreateKeyDialog offered={offered} onCreated={receive} onClose={closeDialog} />}
    </section>
  );
}

type KeysListProps = {
  readonly keys: { data: Page<ApiKey> | undefined; error: Error | null; refetch: () => unknown };
  readonly origin: string;
  readonly onCreate: () => void;
};

function KeysList({ keys, origin, onCreate }: KeysListProps) {
  if (keys.data === undefined) {
    if (keys.error === null) return <SkeletonRows count={3} height={36} label="Loading the API keys" />;
    return (
      <RequestFault what="The API keys could not be loaded" error={keys.error} onRetry={() => void keys.refetch()} />
    );
  }
  if (keys.data.meta.total === 0) {
    return (
      <EmptyState
        icon={KeyRound}
        title="No keys yet"
        action={
          <div className="grid w-full max-w-[620px] justify-items-center gap-5">
            <Button variant="primary" onClick={onCreate}>
              <Plus size={14} aria-hidden />
              New key
            </Button>
            <div className="grid w-full gap-1 text-left">
              <p className="text-2xs text-muted">Then, from a terminal</p>
              <CodeBlock
                code={`curl ${origin}/api/projects \\\n  -H "Authorization: Bearer YOUR_KEY"`}
                label="Copy the command"
              />
            </div>
          </div>
        }
      >
        Scripts send a key with each request. Make one, put it where the script finds it, and every model you keep here
        can be called.
      </EmptyState>
    );
  }
  return <ApiKeysTable keys={keys.data.items} />;
}
