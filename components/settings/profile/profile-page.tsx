'use client';

import { Avatar } from '@/components/frame/avatar';
import { DisplayNameField } from '@/components/settings/profile/display-name-field';
import { EmailRow } from '@/components/settings/profile/email-row';
import { SettingsRow, SettingsSection } from '@/components/settings/settings-section';
import { useAccount } from '@/components/settings/use-account';
import { describeDay } from '@/components/ui/age';
import { CopyButton } from '@/components/ui/copy-button';
import type { Account } from '@/lib/domain/accounts/schema';

const planNames: Readonly<Record<Account['plan'], string>> = { free: 'Free', pro: 'Pro', enterprise: 'Enterprise' };

/** Who the person is, for others and for this server. */
export function ProfilePage({ initial }: { readonly initial: Account }) {
  const { account, keep } = useAccount(initial);
  return (
    <>
      <SettingsSection title="Profile" description="How you appear to people who see your public projects.">
        <div className="flex items-start gap-4 border-b p-4">
          <div data-tip="Made of your initials">
            <Avatar name={account.displayName} seed={account.username} size={52} />
          </div>
          <DisplayNameField account={account} onSaved={keep} />
        </div>
        <SettingsRow label="User name" action={<CopyButton text={account.username} label="Copy the user name" />}>
          <span className="font-mono text-xs">{account.username}</span>
          <p className="font-normal text-muted text-xs">
            It stands in the addresses of your models and cannot be changed.
          </p>
        </SettingsRow>
      </SettingsSection>
      <SettingsSection title="Account">
        <EmailRow account={account} onSaved={keep} />
        <SettingsRow label="Plan">{planNames[account.plan]}</SettingsRow>
        <SettingsRow label="Member since">
          <span suppressHydrationWarning>{describeDay(new Date(account.createdAt))}</span>
          {account.isAdmin && <p className="text-muted text-xs">Administrates this server</p>}
        </SettingsRow>
      </SettingsSection>
    </>
  );
}
