import type { Metadata } from 'next';
import { ActivityPage } from '@/components/activity/activity-page';
import { requireSession } from '@/lib/http/page-session';

export const metadata: Metadata = { title: 'Activity' };

export default async function Page() {
  await requireSession();
  return <ActivityPage />;
}
