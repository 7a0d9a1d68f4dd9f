'use client';

import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { faultsBeforeSending, faultsByField, noFaults } from '@/components/account/field-faults';
import { StrengthMeter } from '@/components/account/strength-meter';
import { Button, buttonClass } from '@/components/ui/button';
import { FaultNote } from '@/components/ui/fault-note';
import { PasswordField } from '@/components/ui/password-field';
import { RequestFault } from '@/components/ui/request-fault';
import { callApi } from '@/lib/client/call-api';
import { completePasswordResetInput } from '@/lib/domain/accounts/schema';
import { completePasswordResetOperation } from '@/lib/http/operations/account';

type Faults = ReturnType<typeof faultsByField<'password' | 'token'>>;

/** Sets a new password with a mailed link. */
export function ResetPasswordForm({ token }: { readonly token: string }) {
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Faults>(noFaults);
  const [resetEmail, setResetEmail] = useState<string | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    const body = { token, password };
    const before = faultsBeforeSending(completePasswordResetInput, body);
    setFaults(before ?? noFaults);
    if (before !== null) return;
    setBusy(true);
    try {
      setResetEmail((await callApi(completePasswordResetOperation, { body })).email);
    } catch (error) {
      setFaults(faultsByField(error, ['password', 'token']));
    } finally {
      setBusy(false);
    }
  }

  if (resetEmail !== null) return <Done email={resetEmail} />;
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      <PasswordField
        label="New password"
        name="password"
        autoComplete="new-password"
        required
        autoFocus
        error={faults.fields.password}
        hint={<StrengthMeter password={password} names={[]} />}
        value={password}
        onChange={setPassword}
      />
      {faults.fields.token !== undefined && (
        <FaultNote found="This link does not work" remedy={faults.fields.token}>
          <Link href="/forgot-password" className={buttonClass('secondary', 'small')}>
            Ask for another link
          </Link>
        </FaultNote>
      )}
      {faults.rest !== null && <RequestFault what="The password could not be set" error={faults.rest} />}
      <Button type="submit" variant="primary" className="h-8 w-full touch:h-11" disabled={isBusy}>
        {isBusy ? 'Setting the password…' : 'Set the password'}
      </Button>
    </form>
  );
}

function Done({ email }: { readonly email: string }) {
  return (
    <div role="status" className="grid gap-4">
      <p className="flex items-start gap-2 text-body">
        <CircleCheck size={16} aria-hidden className="mt-px shrink-0 text-good" />
        <span>The new password is set. Every device was signed out.</span>
      </p>
      <Link
        href={`/sign-in?email=${encodeURIComponent(email)}`}
        className={buttonClass('primary', 'medium', 'h-8 w-full touch:h-11')}
      >
        Sign in
      </Link>
    </div>
  );
}
