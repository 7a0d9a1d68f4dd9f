'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { scopeWords } from '@/components/settings/api-keys/key-access';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Mark } from '@/components/ui/mark';
import { RelativeTime } from '@/components/ui/relative-time';
import { RequestFault } from '@/components/ui/request-fault';
import { Cell, HeadCell, Row, Table } from '@/components/ui/table';
import { callApi } from '@/lib/client/call-api';
import { tagKey } from '@/lib/client/query-keys';
import type { ApiKey } from '@/lib/domain/api-keys/schema';
import { deleteApiKeyOperation } from '@/lib/http/operations/api-keys';

/** The keys with what they may do and when they were used. */
export function ApiKeysTable({ keys }: { readonly keys: readonly ApiKey[] }) {
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  return (
    <>
      <Table label="Keys of this workspace">
        <thead>
          <tr>
            <HeadCell>Name</HeadCell>
            <HeadCell className="max-sm:hidden">Key</HeadCell>
            <HeadCell className="max-sm:hidden">May use</HeadCell>
            <HeadCell className="max-sm:hidden">Last used</HeadCell>
            <HeadCell className="max-sm:hidden">Expires</HeadCell>
            <HeadCell align="end">
              <span className="sr-only">Revoke</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoked(key)} />
          ))}
        </tbody>
      </Table>
      {revoked !== null && <RevokeDialog apiKey={revoked} onClose={() => setRevoked(null)} />}
    </>
  );
}

function KeyRow({ apiKey, onRevoke }: { readonly apiKey: ApiKey; readonly onRevoke: () => void }) {
  const { name, prefix, scopes, lastUsedAt, createdAt } = apiKey;
  return (
    <Row>
      <Cell className="w-full max-w-0 py-2 sm:w-[30%]">
        <span className="block truncate font-medium text-sm text-strong" data-tip={name}>
          {name}
        </span>
        <span className="block truncate text-2xs text-muted">
          <span className="font-mono sm:hidden">{prefix}… · </span>
          made <RelativeTime at={createdAt} />
        </span>
        <span className="grid gap-0.5 text-2xs text-muted sm:hidden">
          <span>
            Used: <LastUse at={lastUsedAt} /> · expires: <KeyExpiry apiKey={apiKey} />
          </span>
          <KeyAccess scopes={scopes} />
        </span>
      </Cell>
      <Cell className="whitespace-nowrap font-mono text-body max-sm:hidden">{prefix}…</Cell>
      <Cell className="max-sm:hidden">
        <KeyAccess scopes={scopes} />
      </Cell>
      <Cell className="max-sm:hidden">
        <LastUse at={lastUsedAt} />
      </Cell>
      <Cell className="max-sm:hidden">
        <KeyExpiry apiKey={apiKey} />
      </Cell>
      <Cell align="end">
        <Button variant="danger" size="small" aria-label={`Revoke ${name}`} onClick={onRevoke}>
          Revoke
        </Button>
      </Cell>
    </Row>
  );
}

function KeyAccess({ scopes }: Pick<ApiKey, 'scopes'>) {
  if (scopes.length === 0) return 'Everything';
  const words = scopes.map(scopeWords);
  const [first] = words;
  return (
    <span data-tip={words.join('\n')} className="text-pretty">
      {words.length === 1 ? first : `${first} and ${words.length - 1} more`}
    </span>
  );
}

function LastUse({ at }: { readonly at: string | null }) {
  return at === null ? <span className="text-muted">never</span> : <RelativeTime at={at} />;
}

function KeyExpiry({ apiKey: { expired, expiresAt } }: { readonly apiKey: ApiKey }) {
  if (expiresAt === null) return <span className="text-muted">never</span>;
  return expired ? <Mark tone="bad">Expired</Mark> : <RelativeTime at={expiresAt} />;
}

function RevokeDialog({ apiKey, onClose }: { readonly apiKey: ApiKey; readonly onClose: () => void }) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => callApi(deleteApiKeyOperation, { params: { keyId: apiKey.id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: tagKey(deleteApiKeyOperation.tag) });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title="Revoke the key"
      action="Revoke"
      tone="danger"
      word={apiKey.name}
      isBusy={revoke.isPending}
      fault={revoke.isError && <RequestFault what="The key could not be revoked" error={revoke.error} />}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      <p>
        Scripts that send <span className="font-mono text-xs">{apiKey.prefix}…</span> are refused from this moment on.
        This cannot be undone; a new key has other letters.
      </p>
    </ConfirmDialog>
  );
}
