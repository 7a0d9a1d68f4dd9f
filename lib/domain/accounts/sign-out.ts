import { endGivenSession } from '@/lib/domain/accounts/sessions-repository';
import type { Services } from '@/lib/domain/context';

/** Ends the session that a browser gives back. */
export async function signOut({ db, now }: Pick<Services, 'db' | 'now'>, sessionId: string): Promise<void> {
  await endGivenSession(db, sessionId, now());
}
