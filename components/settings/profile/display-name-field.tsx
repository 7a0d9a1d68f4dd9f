'use client';

import { useMutation } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { faultsByField } from '@/components/account/field-faults';
import { RequestFault } from '@/components/ui/request-fault';
import { TextField } from '@/components/ui/text-field';
import { callApi } from '@/lib/client/call-api';
import type { Account } from '@/lib/domain/accounts/schema';
import { updateAccountOperation } from '@/lib/http/operations/account';

type DisplayNameFieldProps = { readonly account: Account; readonly onSaved: (account: Account) => void };

/** The display name, saved when the field is left or Enter is pressed; Esc takes the typing back. */
export function DisplayNameField({ account, onSaved }: DisplayNameFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (displayName: string) => callApi(updateAccountOperation, { body: { displayName } }),
    onSuccess: (saved) => {
      setDraft(null);
      onSaved(saved);
    },
  });
  const faults = save.error === null ? null : faultsByField(save.error, ['displayName']);

  function commit(): void {
    const name = draft?.trim();
    if (name === undefined || save.isPending) return;
    if (name === account.displayName) setDraft(null);
    else save.mutate(name);
  }

  return (
    <div className="grid min-w-0 flex-1 gap-2">
      <TextField
        label="Display name"
        name="name"
        autoComplete="name"
        maxLength={100}
        className="max-w-[360px]"
        hint={<SaveState isSaving={save.isPending} isSaved={save.isSuccess && draft === null} />}
        keepsNoteRoom
        error={faults?.fields.displayName}
        value={draft ?? account.displayName}
        onChange={(value) => {
          save.reset();
          setDraft(value);
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key !== 'Escape') return;
          save.reset();
          setDraft(null);
        }}
      />
      {faults?.rest != null && (
        <RequestFault
          what="The name could not be saved"
          error={faults.rest}
          onRetry={commit}
          className="max-w-[360px]"
        />
      )}
    </div>
  );
}

function SaveState({ isSaving, isSaved }: { readonly isSaving: boolean; readonly isSaved: boolean }) {
  if (isSaving) return 'Saving…';
  if (!isSaved) return 'Saved when you leave the field.';
  return (
    <span role="status" className="flex items-center gap-1 text-good">
      <Check size={13} aria-hidden />
      Saved
    </span>
  );
}
