'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { faultsByField } from '@/components/account/field-faults';
import { AccessChooser } from '@/components/settings/api-keys/access-chooser';
import { ExpiryChooser } from '@/components/settings/api-keys/expiry-chooser';
import { type Access, scopesOf } from '@/components/settings/api-keys/key-access';
import { type Expiry, expiryMoment, tomorrow } from '@/components/settings/api-keys/key-expiry';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { RequestFault } from '@/components/ui/request-fault';
import { TextField } from '@/components/ui/text-field';
import { callApi } from '@/lib/client/call-api';
import type { OfferedScope, Scope, ScopeNoun } from '@/lib/core/scopes';
import type { CreatedApiKey } from '@/lib/domain/api-keys/schema';
import { createApiKeyOperation } from '@/lib/http/operations/api-keys';

type CreateKeyDialogProps = {
  readonly offered: readonly OfferedScope[];
  readonly onCreated: (key: CreatedApiKey) => void;
  readonly onClose: () => void;
};

type NewKey = { readonly name: string; readonly scopes: Scope[]; readonly expiresAt: string | null };

/** Name, what the key may do, and until when. */
export function CreateKeyDialog({ offered, onCreated, onClose }: CreateKeyDialogProps) {
  const [name, setName] = useState('');
  const [extent, setExtent] = useState<'everything' | 'chosen'>('everything');
  const [choices, setChoices] = useState<Readonly<Partial<Record<ScopeNoun, Access>>>>({});
  const [expiry, setExpiry] = useState<Expiry>('never');
  const [date, setDate] = useState(() => tomorrow(new Date()));
  const [early, setEarly] = useState<{ scopes?: string; expiresAt?: string }>({});
  const create = useMutation({
    mutationFn: (body: NewKey) => callApi(createApiKeyOperation, { body }),
    onSuccess: onCreated,
  });
  const faults = create.error === null ? null : faultsByField(create.error, ['name', 'scopes', 'expiresAt']);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (create.isPending) return;
    const scopes = extent === 'everything' ? [] : scopesOf(choices);
    const expiresAt = expiryMoment(expiry, date, new Date());
    const found = {
      // A key without scopes may do everything: the opposite of what choosing nothing means.
      scopes: extent === 'chosen' && scopes.length === 0 ? 'Choose at least one.' : undefined,
      expiresAt: expiresAt === undefined ? 'Choose today or a later day.' : undefined,
    };
    setEarly(found);
    if (found.scopes !== undefined || expiresAt === undefined) return;
    create.mutate({ name: name.trim(), scopes, expiresAt: expiresAt?.toISOString() ?? null });
  }

  return (
    <Dialog title="New API key" onClose={onClose} className="w-[min(520px,calc(100vw-24px))]">
      <form onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="grid gap-4 overflow-y-auto p-4">
          <TextField
            label="Name"
            name="key-name"
            autoComplete="off"
            required
            autoFocus
            maxLength={100}
            placeholder="training-server"
            hint="What will use it: it stands in the activity."
            error={faults?.fields.name}
            value={name}
            onChange={setName}
          />
          <AccessChooser
            offered={offered}
            extent={extent}
            choices={choices}
            error={early.scopes ?? faults?.fields.scopes}
            onExtent={setExtent}
            onChoice={(noun, access) => {
              setEarly({ ...early, scopes: undefined });
              setChoices({ ...choices, [noun]: access });
            }}
          />
          <ExpiryChooser
            expiry={expiry}
            date={date}
            error={early.expiresAt ?? faults?.fields.expiresAt}
            onExpiry={setExpiry}
            onDate={setDate}
          />
          {faults?.rest != null && <RequestFault what="The key could not be made" error={faults.rest} />}
        </div>
        <div className="flex shrink-0 justify-end gap-2 border-t px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={create.isPending}>
            {create.isPending ? 'Making the key…' : 'Make the key'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
