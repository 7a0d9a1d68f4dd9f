'use client';

import { useState } from 'react';
import { DisableTwoFactor } from '@/components/settings/security/disable-two-factor';
import { RecoveryCodes } from '@/components/settings/security/recovery-codes';
import { RenewRecoveryCodes } from '@/components/settings/security/renew-recovery-codes';
import { SetUpTwoFactor } from '@/components/settings/security/set-up-two-factor';
import { SettingsSection } from '@/components/settings/settings-section';
import { Button } from '@/components/ui/button';
import { Mark } from '@/components/ui/mark';
import type { Account } from '@/lib/domain/accounts/schema';

type TwoFactorSectionProps = { readonly account: Account; readonly onChange: (account: Account) => void };

type View =
  | { readonly kind: 'state' }
  | { readonly kind: 'set-up' }
  | { readonly kind: 'renew' }
  | { readonly kind: 'turn-off' }
  /** Shown until the person says that they are kept. */
  | { readonly kind: 'codes'; readonly codes: readonly string[] };

/** A second factor at sign-in: set up, recovery codes, turned off. One thing at a time. */
export function TwoFactorSection({ account, onChange }: TwoFactorSectionProps) {
  const [view, setView] = useState<View>({ kind: 'state' });
  const { enabled } = account.twoFactor;
  const showState = () => setView({ kind: 'state' });

  function receive(codes: readonly string[]): void {
    setView({ kind: 'codes', codes });
    onChange({ ...account, twoFactor: { enabled: true, recoveryCodesLeft: codes.length } });
  }

  return (
    <SettingsSection
      title="Two-factor sign-in"
      description="A code from your phone besides the password, so that the password alone opens nothing."
      aside={enabled ? <Mark tone="good">On</Mark> : <Mark tone="plain">Off</Mark>}
    >
      {view.kind === 'codes' && <RecoveryCodes codes={view.codes} username={account.username} onKept={showState} />}
      {view.kind === 'set-up' && <SetUpTwoFactor onCodes={receive} onCancel={showState} />}
      {view.kind === 'renew' && <RenewRecoveryCodes onCodes={receive} onCancel={showState} />}
      {view.kind === 'turn-off' && (
        <DisableTwoFactor
          account={account}
          onCancel={showState}
          onDisabled={(saved) => {
            onChange(saved);
            showState();
          }}
        />
      )}
      {view.kind === 'state' && !enabled && (
        <div className="flex flex-wrap items-center justify-between gap-3 p-4">
          <p className="text-body">Any authenticator app works. It takes a minute.</p>
          <Button variant="primary" onClick={() => setView({ kind: 'set-up' })}>
            Set up
          </Button>
        </div>
      )}
      {view.kind === 'state' && enabled && (
        <div className="flex flex-wrap items-center justify-between gap-3 p-4">
          <CodesLeft count={account.twoFactor.recoveryCodesLeft} />
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setView({ kind: 'renew' })}>New recovery codes</Button>
            <Button variant="danger" onClick={() => setView({ kind: 'turn-off' })}>
              Turn off
            </Button>
          </div>
        </div>
      )}
    </SettingsSection>
  );
}

/** Below this many the person should make new ones before the last is used. */
const fewCodes = 3;

function CodesLeft({ count }: { readonly count: number }) {
  const words = `${count} recovery ${count === 1 ? 'code' : 'codes'} left`;
  if (count >= fewCodes) return <p className="text-body">{words}</p>;
  return (
    <p className="text-body">
      <Mark tone="warn">{words}</Mark> Make new ones before you need the last.
    </p>
  );
}
