import type { Metadata } from 'next';
import { ProfilePage } from '@/components/settings/profile/profile-page';
import { getAccount } from '@/lib/domain/accounts/get-account';
import { pageContext } from '@/lib/http/page-session';

export const metadata: Metadata = { title: 'Profile' };

export default async function Page() {
  return <ProfilePage initial={await getAccount(await pageContext())} />;
}
