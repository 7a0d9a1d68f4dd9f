'use client';

import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { faultsBeforeSending, faultsByField, fieldWords, noFaults } from '@/components/account/field-faults';
import { ProviderButtons, type ProviderChoice } from '@/components/account/provider-buttons';
import { StrengthMeter } from '@/components/account/strength-meter';
import { asUsername } from '@/components/account/username-input';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { RequestFault } from '@/components/ui/request-fault';
import { TextField } from '@/components/ui/text-field';
import { useSettledValue } from '@/components/ui/use-settled-value';
import { callApi } from '@/lib/client/call-api';
import { apiQuery } from '@/lib/client/query-keys';
import { signIn } from '@/lib/client/sign-in';
import { signUpInput } from '@/lib/domain/accounts/schema';
import { workspaceSlug } from '@/lib/domain/workspaces/schema';
import { signUpOperation } from '@/lib/http/operations/account';
import { checkUsernameOperation } from '@/lib/http/operations/usernames';

type SignUpFormProps = {
  /** A path of this site. */
  readonly next: string;
  readonly providers: readonly ProviderChoice[];
};

const settleMilliseconds = 300;

/** E-mail, user name, password; then straight in. */
export function SignUpForm({ next, providers }: SignUpFormProps) {
  const [email, setEmail] = useState('');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [faults, setFaults] = useState<ReturnType<typeof faultsByField<'email' | 'username' | 'password'>>>(noFaults);
  const availability = useAvailability(username);

  function edit(field: 'email' | 'username' | 'password', set: (value: string) => void) {
    return (value: string) => {
      set(value);
      setFaults(({ fields }) => ({ fields: { ...fields, [field]: undefined }, rest: null }));
    };
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    const body = { email: email.trim(), username, password };
    const before = faultsBeforeSending(signUpInput, body);
    if (before !== null) {
      setFaults(before);
      return;
    }
    setBusy(true);
    setFaults(noFaults);
    try {
      await callApi(signUpOperation, { body });
    } catch (error) {
      setFaults(faultsByField(error, ['email', 'username', 'password']));
      setBusy(false);
      return;
    }
    const outcome = await signIn({ email: body.email, password, code: '' });
    // Where the account stands but signing in fails, its page says why.
    const signInPage = `/sign-in?${new URLSearchParams({ email: body.email, next })}`;
    window.location.assign(outcome.kind === 'signed-in' ? next : signInPage);
  }

  return (
    <div className="grid gap-4">
      <ProviderButtons providers={providers} next={next} />
      <form noValidate onSubmit={(event) => void submit(event)} className="grid gap-3">
        <TextField
          label="E-mail"
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          maxLength={254}
          hint="You sign in with it."
          error={faults.fields.email}
          value={email}
          onChange={edit('email', setEmail)}
        />
        <TextField
          label="User name"
          name="username"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={32}
          keepsNoteRoom
          hint={availability.hint}
          error={faults.fields.username ?? availability.fault}
          value={username}
          onChange={(value) => edit('username', setUsername)(asUsername(value))}
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="new-password"
          required
          error={faults.fields.password}
          hint={<StrengthMeter password={password} names={[email, username]} />}
          value={password}
          onChange={edit('password', setPassword)}
        />
        {faults.rest !== null && <RequestFault what="The account could not be created" error={faults.rest} />}
        <Button type="submit" variant="primary" className="mt-1 h-8 w-full touch:h-11" disabled={isBusy}>
          {isBusy ? 'Creating the account…' : 'Create account'}
        </Button>
      </form>
    </div>
  );
}

/** What to say about a user name while it is typed. Where the server cannot be asked, signing up itself will tell. */
function useAvailability(username: string): { readonly hint: ReactNode; readonly fault: string | null } {
  const settled = useSettledValue(username, settleMilliseconds);
  const isWellFormed = workspaceSlug.safeParse(settled).success;
  const { data } = useQuery({
    ...apiQuery(checkUsernameOperation, { query: { username: settled } }),
    enabled: isWellFormed,
    staleTime: 30_000,
  });
  const rules = '4 to 32 letters, digits, hyphens. It stays for good.';
  if (username === '' || settled !== username) return { hint: rules, fault: null };
  if (!isWellFormed) {
    const message = workspaceSlug.safeParse(settled).error?.issues[0]?.message;
    return { hint: rules, fault: message === undefined ? null : fieldWords(message) };
  }
  if (data === undefined) return { hint: rules, fault: null };
  if (data.available) return { hint: <FreeName username={username} />, fault: null };
  return { hint: rules, fault: fieldWords(data.reason ?? 'this name is taken') };
}

function FreeName({ username }: { readonly username: string }) {
  return (
    <span className="flex items-center gap-1 text-good" aria-live="polite">
      <Check size={13} aria-hidden className="shrink-0" />
      <span className="truncate">{username} is free</span>
    </span>
  );
}
