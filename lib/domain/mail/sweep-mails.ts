import type { Services } from '@/lib/domain/context';
import { deleteExpiredMails, emptyExpiredMails } from '@/lib/domain/mail/repository';

/** How long an administrator can see that a letter was sent, or why not. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** Empties expired letters and deletes those that expired a month ago. */
export async function sweepMails({ db, now }: Services): Promise<void> {
  const at = now();
  await emptyExpiredMails(db, at);
  await deleteExpiredMails(db, new Date(at.getTime() - keptMs));
}
