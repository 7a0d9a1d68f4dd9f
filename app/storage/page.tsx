import type { Metadata } from 'next';
import { StoragePage } from '@/components/storage/storage-page';
import { requireSession } from '@/lib/http/page-session';

export const metadata: Metadata = { title: 'Storage' };

export default async function Page() {
  await requireSession();
  return <StoragePage />;
}
