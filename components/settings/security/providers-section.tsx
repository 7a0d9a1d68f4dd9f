'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProviderChoice } from '@/components/account/provider-buttons';
import { SettingsRow, SettingsSection } from '@/components/settings/settings-section';
import { Button } from '@/components/ui/button';
import { FaultNote } from '@/components/ui/fault-note';
import { Mark } from '@/components/ui/mark';
import { RequestFault } from '@/components/ui/request-fault';
import { callApi } from '@/lib/client/call-api';
import { providerSignInUrl } from '@/lib/client/sign-in';
import type { Account, Provider } from '@/lib/domain/accounts/schema';
import { disconnectProviderOperation } from '@/lib/http/operations/account';

type ProvidersSectionProps = {
  readonly account: Account;
  readonly providers: readonly ProviderChoice[];
  readonly onChange: (account: Account) => void;
};

/** The other ways to sign in, where this server has any. */
export function ProvidersSection({ account, providers, onChange }: ProvidersSectionProps) {
  if (providers.length === 0) return null;
  return (
    <SettingsSection title="Sign-in providers" description="Sign in with an account you have elsewhere.">
      {providers.map((provider) => (
        <ProviderRow
          key={provider.id}
          provider={provider}
          isConnected={account.providers.includes(provider.id)}
          onChange={onChange}
        />
      ))}
    </SettingsSection>
  );
}

type ProviderRowProps = {
  readonly provider: ProviderChoice;
  readonly isConnected: boolean;
  readonly onChange: (account: Account) => void;
};

function ProviderRow({ provider: { id, label }, isConnected, onChange }: ProviderRowProps) {
  const [isUnreachable, setUnreachable] = useState(false);
  const disconnect = useMutation({
    mutationFn: (provider: Provider) => callApi(disconnectProviderOperation, { params: { provider } }),
    onSuccess: onChange,
  });

  async function connect(): Promise<void> {
    const url = await providerSignInUrl(id, '/settings/security');
    if (url === null) setUnreachable(true);
    else window.location.assign(url);
  }

  return (
    <>
      <SettingsRow
        label={label}
        action={
          isConnected ? (
            <Button size="small" disabled={disconnect.isPending} onClick={() => disconnect.mutate(id)}>
              Disconnect
            </Button>
          ) : (
            <Button size="small" onClick={() => void connect()}>
              Connect
            </Button>
          )
        }
      >
        {isConnected ? <Mark tone="good">Connected</Mark> : <Mark tone="plain">Not connected</Mark>}
      </SettingsRow>
      {disconnect.isError && (
        <RequestFault what={`${label} could not be disconnected`} error={disconnect.error} className="m-3" />
      )}
      {isUnreachable && (
        <FaultNote found={`${label} could not be reached`} remedy="Try again in a moment." className="m-3" />
      )}
    </>
  );
}
