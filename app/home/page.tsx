import type { Metadata } from 'next';
import { HomePage } from '@/components/home/home-page';
import { requireSession } from '@/lib/http/page-session';

export const metadata: Metadata = { title: 'Home' };

export default async function Page() {
  const { user, workspace } = await requireSession();
  return <HomePage displayName={user.displayName} username={workspace.slug} />;
}
