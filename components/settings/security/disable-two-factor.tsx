'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { CodeField } from '@/components/account/code-field';
import { faultsByField } from '@/components/account/field-faults';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { RequestFault } from '@/components/ui/request-fault';
import { callApi } from '@/lib/client/call-api';
import type { Account } from '@/lib/domain/accounts/schema';
import { disableTwoFactorOperation } from '@/lib/http/operations/two-factor';

type DisableTwoFactorProps = {
  readonly account: Account;
  readonly onDisabled: (account: Account) => void;
  readonly onCancel: () => void;
};

/** Turning the second factor off, for the password and a code. */
export function DisableTwoFactor({ account, onDisabled, onCancel }: DisableTwoFactorProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const disable = useMutation({
    mutationFn: () => callApi(disableTwoFactorOperation, { body: { password, code } }),
    onSuccess: onDisabled,
  });
  const faults = disable.error === null ? null : faultsByField(disable.error, ['password', 'code']);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!disable.isPending) disable.mutate();
  }

  return (
    <form onSubmit={submit} className="grid max-w-[352px] gap-3 p-4">
      <p className="text-body">Signing in then needs the password only. The recovery codes stop working.</p>
      {account.hasPassword && (
        <PasswordField
          label="Your password"
          name="password"
          autoComplete="current-password"
          required
          autoFocus
          error={faults?.fields.password}
          value={password}
          onChange={setPassword}
        />
      )}
      <CodeField kind="authenticator" value={code} onChange={setCode} error={faults?.fields.code} />
      {faults?.rest != null && <RequestFault what="Two-factor sign-in could not be turned off" error={faults.rest} />}
      <div className="flex gap-2">
        <Button type="submit" className="border-bad text-bad" disabled={disable.isPending}>
          {disable.isPending ? 'Turning off…' : 'Turn off'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
