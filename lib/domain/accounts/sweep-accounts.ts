import { deleteExpiredPasswordResets } from '@/lib/domain/accounts/credentials-repository';
import { absoluteSessionMs } from '@/lib/domain/accounts/session-lifetime';
import { deleteEndedSessions } from '@/lib/domain/accounts/sessions-repository';
import type { Services } from '@/lib/domain/context';

/**
 * Deletes links that have expired, and sessions that ended as long ago as a session can live: until then they tell from which
 * addresses somebody signs in, so that guessing from elsewhere does not keep them out.
 */
export async function sweepAccounts({ db, now }: Services): Promise<void> {
  const at = now();
  await deleteExpiredPasswordResets(db, at);
  await deleteEndedSessions(db, new Date(at.getTime() - absoluteSessionMs));
}
