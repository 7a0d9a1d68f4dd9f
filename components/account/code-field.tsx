'use client';

import { TextField } from '@/components/ui/text-field';

type CodeFieldProps = {
  readonly kind: 'authenticator' | 'recovery';
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | null;
  readonly autoFocus?: boolean;
};

/** Where a second factor is typed; phones offer the code they know. */
export function CodeField({ kind, value, onChange, error, autoFocus }: CodeFieldProps) {
  const isAuthenticator = kind === 'authenticator';
  return (
    <TextField
      label={isAuthenticator ? 'Code' : 'Recovery code'}
      hint={
        isAuthenticator
          ? 'Six digits from your authenticator app.'
          : 'One of the ten you kept when you set two-factor up.'
      }
      name="code"
      inputMode={isAuthenticator ? 'numeric' : 'text'}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      minLength={6}
      maxLength={32}
      autoFocus={autoFocus}
      error={error}
      value={value}
      onChange={onChange}
      className="tabular-nums"
    />
  );
}
