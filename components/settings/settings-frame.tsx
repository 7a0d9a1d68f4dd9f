'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { PageHeader } from '@/components/frame/page-header';
import { LinkTabs } from '@/components/ui/link-tabs';
import { PageBody } from '@/components/ui/page-body';

const tabs = [
  { id: 'profile', label: 'Profile', href: '/settings/profile' },
  { id: 'security', label: 'Security', href: '/settings/security' },
  { id: 'api-keys', label: 'API keys', href: '/settings/api-keys' },
] as const;

/** Header and tabs of the settings; each tab is a page of its own. */
export function SettingsFrame({ children }: { readonly children: ReactNode }) {
  const path = usePathname();
  const selected = tabs.find(({ href }) => path.startsWith(href))?.id ?? 'profile';
  return (
    <>
      <PageHeader title="Settings" />
      <LinkTabs label="Settings" tabs={tabs} selected={selected} />
      <PageBody width="column" className="gap-8">
        {children}
      </PageBody>
    </>
  );
}
