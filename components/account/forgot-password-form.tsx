'use client';

import { MailCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { faultsByField, noFaults } from '@/components/account/field-faults';
import { Button } from '@/components/ui/button';
import { RequestFault } from '@/components/ui/request-fault';
import { TextField } from '@/components/ui/text-field';
import { callApi } from '@/lib/client/call-api';
import { requestPasswordResetOperation } from '@/lib/http/operations/account';

/** Asks for a link to set a new password. The answer is the same whether or not there is such an account. */
export function ForgotPasswordForm({ sendsMail }: { readonly sendsMail: boolean }) {
  const [email, setEmail] = useState('');
  const [state, setState] = useState<'asking' | 'sending' | 'sent'>('asking');
  const [faults, setFaults] = useState<ReturnType<typeof faultsByField<'email'>>>(noFaults);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (state === 'sending') return;
    setState('sending');
    setFaults(noFaults);
    try {
      await callApi(requestPasswordResetOperation, { body: { email: email.trim() } });
      setState('sent');
    } catch (error) {
      setFaults(faultsByField(error, ['email']));
      setState('asking');
    }
  }

  if (state === 'sent') return <Sent email={email.trim()} sendsMail={sendsMail} onAgain={() => setState('asking')} />;
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4">
      <TextField
        label="E-mail"
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        autoFocus
        maxLength={254}
        error={faults.fields.email}
        value={email}
        onChange={setEmail}
      />
      {faults.rest !== null && <RequestFault what="The link could not be asked for" error={faults.rest} />}
      <Button type="submit" variant="primary" className="h-8 w-full touch:h-11" disabled={state === 'sending'}>
        {state === 'sending' ? 'Asking…' : 'Send the link'}
      </Button>
    </form>
  );
}

type SentProps = { readonly email: string; readonly sendsMail: boolean; readonly onAgain: () => void };

function Sent({ email, sendsMail, onAgain }: SentProps) {
  return (
    <div role="status" className="grid gap-3">
      <p className="flex items-start gap-2 font-medium text-strong">
        <MailCheck size={16} aria-hidden className="mt-px shrink-0 text-good" />
        <span className="min-w-0 break-words">If {email} has an account here, a link is on its way.</span>
      </p>
      <p className="text-body">It works once, for one hour.</p>
      {!sendsMail && (
        <p className="text-body">
          This server sends no e-mail. Its administrator finds the link on the Letters page and can pass it on.
        </p>
      )}
      <Button variant="ghost" size="small" className="-ml-2 justify-self-start" onClick={onAgain}>
        Use another address
      </Button>
    </div>
  );
}
