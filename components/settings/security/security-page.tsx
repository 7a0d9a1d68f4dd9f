'use client';

import type { ProviderChoice } from '@/components/account/provider-buttons';
import { DevicesSection } from '@/components/settings/security/devices-section';
import { PasswordSection } from '@/components/settings/security/password-section';
import { ProvidersSection } from '@/components/settings/security/providers-section';
import { TwoFactorSection } from '@/components/settings/security/two-factor-section';
import { useAccount } from '@/components/settings/use-account';
import type { Account, Session } from '@/lib/domain/accounts/schema';

type SecurityPageProps = {
  readonly initial: Account;
  readonly sessions: readonly Session[];
  readonly providers: readonly ProviderChoice[];
};

/** How the person proves who they are, and where they did. */
export function SecurityPage({ initial, sessions, providers }: SecurityPageProps) {
  const { account, keep } = useAccount(initial);
  return (
    <>
      <PasswordSection account={account} />
      <TwoFactorSection account={account} onChange={keep} />
      <ProvidersSection account={account} providers={providers} onChange={keep} />
      <DevicesSection initial={sessions} />
    </>
  );
}
