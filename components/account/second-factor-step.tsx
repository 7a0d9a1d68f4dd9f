'use client';

import { type FormEvent, useState } from 'react';
import { CodeField } from '@/components/account/code-field';
import { refusalWords, waitWords } from '@/components/account/refusal-words';
import { Button } from '@/components/ui/button';
import { FaultNote } from '@/components/ui/fault-note';
import type { SignInFault } from '@/lib/client/sign-in';

type SecondFactorStepProps = {
  readonly isBusy: boolean;
  readonly fault: SignInFault | null;
  readonly secondsLeft: number;
  readonly onCode: (code: string) => void;
  readonly onBack: () => void;
};

/** The step after the password: a code of the authenticator, or one of the recovery codes. */
export function SecondFactorStep({ isBusy, fault, secondsLeft, onCode, onBack }: SecondFactorStepProps) {
  const [kind, setKind] = useState<'authenticator' | 'recovery'>('authenticator');
  const [code, setCode] = useState('');
  const isBlocked = secondsLeft > 0;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isBusy && !isBlocked) onCode(code);
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      <CodeField key={kind} kind={kind} value={code} onChange={setCode} autoFocus />
      {fault !== null && <FaultNote {...refusalWords({ ...fault, waitSeconds: secondsLeft || fault.waitSeconds })} />}
      <Button type="submit" variant="primary" className="h-8 w-full touch:h-11" disabled={isBusy || isBlocked}>
        {isBlocked ? `Wait ${waitWords(secondsLeft)}` : isBusy ? 'Checking…' : 'Sign in'}
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button variant="ghost" size="small" className="-ml-2" onClick={onBack}>
          Start again
        </Button>
        <Button
          variant="ghost"
          size="small"
          className="-mr-2"
          onClick={() => {
            setCode('');
            setKind(kind === 'authenticator' ? 'recovery' : 'authenticator');
          }}
        >
          {kind === 'authenticator' ? 'Use a recovery code' : 'Use the authenticator'}
        </Button>
      </div>
    </form>
  );
}
