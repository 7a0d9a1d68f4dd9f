'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { faultsByField } from '@/components/account/field-faults';
import { SettingsRow } from '@/components/settings/settings-section';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { RequestFault } from '@/components/ui/request-fault';
import { TextField } from '@/components/ui/text-field';
import { callApi } from '@/lib/client/call-api';
import type { Account } from '@/lib/domain/accounts/schema';
import { changeEmailOperation } from '@/lib/http/operations/account';

type EmailRowProps = { readonly account: Account; readonly onSaved: (account: Account) => void };

/** The e-mail address; changing it asks for the password, because it opens the account. */
export function EmailRow({ account, onSaved }: EmailRowProps) {
  const [state, setState] = useState<'shown' | 'changing' | 'changed'>('shown');
  if (state === 'changing') {
    return (
      <ChangeEmailForm
        onClose={() => setState('shown')}
        onSaved={(saved) => {
          onSaved(saved);
          setState('changed');
        }}
      />
    );
  }
  return (
    <SettingsRow
      label="E-mail"
      action={
        account.hasPassword && (
          <Button size="small" onClick={() => setState('changing')}>
            Change
          </Button>
        )
      }
    >
      <span className="break-all">{account.email}</span>
      <p className="text-muted text-xs" aria-live="polite">
        {state === 'changed' && 'Changed. The old address was told. '}
        {account.emailVerified ? 'Confirmed' : 'Not confirmed: no letter or provider has proven it yet'}
        {!account.hasPassword && '. It comes from the provider you sign in with'}
      </p>
    </SettingsRow>
  );
}

type ChangeEmailFormProps = { readonly onSaved: (account: Account) => void; readonly onClose: () => void };

function ChangeEmailForm({ onSaved, onClose }: ChangeEmailFormProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const change = useMutation({
    mutationFn: () => callApi(changeEmailOperation, { body: { email: email.trim(), password } }),
    onSuccess: onSaved,
  });
  const faults = change.error === null ? null : faultsByField(change.error, ['email', 'password']);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!change.isPending) change.mutate();
  }

  return (
    <form onSubmit={submit} className="grid gap-3 border-b p-4">
      <TextField
        label="New e-mail address"
        name="email"
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        maxLength={254}
        className="max-w-[360px]"
        error={faults?.fields.email}
        value={email}
        onChange={setEmail}
      />
      <PasswordField
        label="Your password"
        name="password"
        autoComplete="current-password"
        required
        className="max-w-[360px]"
        error={faults?.fields.password}
        value={password}
        onChange={setPassword}
      />
      {faults?.rest != null && <RequestFault what="The address could not be changed" error={faults.rest} />}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={change.isPending}>
          {change.isPending ? 'Changing…' : 'Change the address'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}
