import type { ReactNode } from 'react';
import { SettingsFrame } from '@/components/settings/settings-frame';
import { requireSession } from '@/lib/http/page-session';

export default async function SettingsLayout({ children }: { readonly children: ReactNode }) {
  await requireSession();
  return <SettingsFrame>{children}</SettingsFrame>;
}
