import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { MailsPage } from '@/components/admin/mails-page';
import { env } from '@/lib/core/env';
import { requireSession } from '@/lib/http/page-session';

export const metadata: Metadata = { title: 'Letters' };

/** For administrators; to others there is no such page. */
export default async function Page() {
  const { isAdmin } = await requireSession();
  if (!isAdmin) notFound();
  return <MailsPage sendsMail={env.SMTP_URL !== undefined} />;
}
