import type { Metadata } from 'next';
import { TrashPage } from '@/components/trash/trash-page';
import { requireSession } from '@/lib/http/page-session';

export const metadata: Metadata = { title: 'Trash' };

export default async function Page() {
  await requireSession();
  return <TrashPage />;
}
