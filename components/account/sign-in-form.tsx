'use client';

import { type FormEvent, useState } from 'react';
import { ProviderButtons, type ProviderChoice } from '@/components/account/provider-buttons';
import { refusalWords, waitWords } from '@/components/account/refusal-words';
import { SecondFactorStep } from '@/components/account/second-factor-step';
import { TextLink } from '@/components/account/text-link';
import { useWait } from '@/components/account/use-wait';
import { Button } from '@/components/ui/button';
import { FaultNote } from '@/components/ui/fault-note';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { type Credentials, parseSignInFault, type SignInFault, signIn } from '@/lib/client/sign-in';

type SignInFormProps = {
  /** A path of this site. */
  readonly next: string;
  readonly providers: readonly ProviderChoice[];
  /** Of a provider that vouched for somebody whose second factor is still to come. */
  readonly ticket: string | null;
  /** The word with which a provider's sign-in was refused. */
  readonly refusedBefore: string | null;
  readonly emailBefore: string;
};

/** E-mail and password, then the second factor where the account has one. */
export function SignInForm({ next, providers, ticket, refusedBefore, emailBefore }: SignInFormProps) {
  const [email, setEmail] = useState(emailBefore);
  const [password, setPassword] = useState('');
  const [step, setStep] = useState<'password' | 'code'>(ticket === null ? 'password' : 'code');
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<SignInFault | null>(
    // That a code is needed is what the step itself says.
    refusedBefore === null || refusedBefore === 'second-factor-needed' ? null : parseSignInFault(refusedBefore),
  );
  const { secondsLeft, wait } = useWait();

  async function attempt(code: string): Promise<void> {
    setBusy(true);
    setFault(null);
    const credentials: Credentials = ticket === null ? { email: email.trim(), password, code } : { ticket, code };
    const outcome = await signIn(credentials);
    if (outcome.kind === 'signed-in') {
      // A new document: the frame around every page changes with who looks at it.
      window.location.assign(next);
      return;
    }
    setBusy(false);
    if (outcome.refusal === 'second-factor-needed') {
      setStep('code');
      return;
    }
    if (outcome.waitSeconds !== null) wait(outcome.waitSeconds);
    setFault(outcome);
  }

  function submitPassword(event: FormEvent): void {
    event.preventDefault();
    if (!isBusy && secondsLeft === 0) void attempt('');
  }

  if (step === 'code') {
    return (
      <SecondFactorStep
        isBusy={isBusy}
        fault={fault}
        secondsLeft={secondsLeft}
        onCode={(code) => void attempt(code)}
        onBack={() => {
          setFault(null);
          setPassword('');
          // A ticket is good for one sign-in only: without it the page starts afresh.
          if (ticket === null) setStep('password');
          else window.location.assign('/sign-in');
        }}
      />
    );
  }
  const isBlocked = secondsLeft > 0;
  return (
    <div className="grid gap-4">
      <ProviderButtons providers={providers} next={next} />
      <form onSubmit={submitPassword} className="grid gap-4">
        <TextField
          label="E-mail"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus={emailBefore === ''}
          maxLength={254}
          value={email}
          onChange={setEmail}
        />
        <div className="relative">
          <PasswordField
            label="Password"
            name="password"
            autoComplete="current-password"
            required
            autoFocus={emailBefore !== ''}
            value={password}
            onChange={setPassword}
          />
          <span className="absolute top-0 right-0 text-xs">
            <TextLink href="/forgot-password">Forgot it?</TextLink>
          </span>
        </div>
        {fault !== null && <FaultNote {...refusalWords({ ...fault, waitSeconds: secondsLeft || fault.waitSeconds })} />}
        <Button type="submit" variant="primary" className="h-8 w-full touch:h-11" disabled={isBusy || isBlocked}>
          {isBlocked ? `Wait ${waitWords(secondsLeft)}` : isBusy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </div>
  );
}
