'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { faultsBeforeSending, faultsByField } from '@/components/account/field-faults';
import { StrengthMeter } from '@/components/account/strength-meter';
import { SettingsSection } from '@/components/settings/settings-section';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { RequestFault } from '@/components/ui/request-fault';
import { callApi } from '@/lib/client/call-api';
import { apiQuery } from '@/lib/client/query-keys';
import { type Account, changePasswordInput } from '@/lib/domain/accounts/schema';
import {
  changePasswordOperation,
  listSessionsOperation,
  requestPasswordResetOperation,
} from '@/lib/http/operations/account';

/** Changing the password, or getting a first one. */
export function PasswordSection({ account }: { readonly account: Account }) {
  return (
    <SettingsSection title="Password" description="Changing it signs out every other device.">
      {account.hasPassword ? <ChangePasswordForm account={account} /> : <FirstPassword email={account.email} />}
    </SettingsSection>
  );
}

const fields = ['currentPassword', 'newPassword'] as const;

function ChangePasswordForm({ account }: { readonly account: Account }) {
  const queryClient = useQueryClient();
  const [currentPassword, setCurrentPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [early, setEarly] = useState<ReturnType<typeof faultsBeforeSending<(typeof fields)[number]>>>(null);
  const body = { currentPassword, newPassword };
  const change = useMutation({
    mutationFn: () => callApi(changePasswordOperation, { body }),
    onSuccess: () => {
      setCurrentPassword('');
      setNewPassword('');
      return queryClient.invalidateQueries({ queryKey: apiQuery(listSessionsOperation).queryKey });
    },
  });
  const faults = early ?? (change.error === null ? null : faultsByField(change.error, fields));

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (change.isPending) return;
    const before = faultsBeforeSending(changePasswordInput, body);
    setEarly(before);
    if (before === null) change.mutate();
  }
  function edit(set: (value: string) => void) {
    return (value: string) => {
      set(value);
      setEarly(null);
      if (!change.isIdle) change.reset();
    };
  }

  return (
    <form noValidate onSubmit={submit} className="grid gap-3 p-4">
      {/* Tells password managers whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={account.email} readOnly hidden />
      <div className="grid items-start gap-3 sm:grid-cols-2">
        <PasswordField
          label="Current password"
          name="current-password"
          autoComplete="current-password"
          required
          keepsNoteRoom
          error={faults?.fields.currentPassword}
          value={currentPassword}
          onChange={edit(setCurrentPassword)}
        />
        <PasswordField
          label="New password"
          name="new-password"
          autoComplete="new-password"
          required
          error={faults?.fields.newPassword}
          hint={<StrengthMeter password={newPassword} names={[account.email, account.username]} />}
          value={newPassword}
          onChange={edit(setNewPassword)}
        />
      </div>
      {faults?.rest != null && <RequestFault what="The password could not be changed" error={faults.rest} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={change.isPending}>
          {change.isPending ? 'Changing…' : 'Change the password'}
        </Button>
        {change.isSuccess && (
          <p role="status" className="flex items-center gap-1.5 text-good text-xs">
            <CircleCheck size={14} aria-hidden />
            {changedWords(change.data.endedSessions)}
          </p>
        )}
      </div>
    </form>
  );
}

function changedWords(endedSessions: number): string {
  if (endedSessions === 0) return 'Changed';
  return `Changed; ${endedSessions === 1 ? 'one other device was' : `${endedSessions} other devices were`} signed out`;
}

function FirstPassword({ email }: { readonly email: string }) {
  const ask = useMutation({ mutationFn: () => callApi(requestPasswordResetOperation, { body: { email } }) });
  return (
    <div className="grid justify-items-start gap-3 p-4">
      <p className="text-body">
        This account has no password: you sign in through a provider. A letter with a link can set one.
      </p>
      {ask.isSuccess ? (
        <p role="status" className="flex items-center gap-1.5 text-good">
          <CircleCheck size={14} aria-hidden />A link is on its way to {email}
        </p>
      ) : (
        <Button disabled={ask.isPending} onClick={() => ask.mutate()}>
          {ask.isPending ? 'Asking…' : 'Send the link'}
        </Button>
      )}
      {ask.isError && <RequestFault what="The link could not be asked for" error={ask.error} />}
    </div>
  );
}
