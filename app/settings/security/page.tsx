import type { Metadata } from 'next';
import { SecurityPage } from '@/components/settings/security/security-page';
import { env } from '@/lib/core/env';
import { getAccount } from '@/lib/domain/accounts/get-account';
import { listSessions } from '@/lib/domain/accounts/list-sessions';
import { pageContext } from '@/lib/http/page-session';
import { configuredProviders } from '@/lib/http/sign-in-providers';

export const metadata: Metadata = { title: 'Security' };

export default async function Page() {
  const context = await pageContext();
  const [account, sessions] = await Promise.all([getAccount(context), listSessions(context)]);
  return <SecurityPage initial={account} sessions={sessions} providers={configuredProviders(env)} />;
}
