import { newId } from '@/lib/core/ids';
import { lockUser, type UserRow } from '@/lib/domain/accounts/repository';
import { sessionExpiry } from '@/lib/domain/accounts/session-lifetime';
import { endGivenSession, insertSession } from '@/lib/domain/accounts/sessions-repository';
import type { Services } from '@/lib/domain/context';

/** Where somebody signs in from. */
export type Device = {
  readonly userAgent: string;
  readonly address: string;
  /** The session this browser had so far: signing in anew ends it, so that none is left behind unseen. */
  readonly earlierSessionId: string | null;
};

const maximumUserAgentLength = 512;

/**
 * Begins a session with an id of its own, never one that the browser brought along. Gives the id, or null when the password or
 * the second factor was changed since `proven` was read: then nothing is proven any more.
 */
export async function startSession({ db, now }: Services, proven: UserRow, device: Device): Promise<string | null> {
  const id = newId('session');
  const at = now();
  return db.transaction(async (transaction) => {
    const user = await lockUser(transaction, proven.id);
    if (user === null || user.passwordHash !== proven.passwordHash) return null;
    if (user.totpEnabledAt?.getTime() !== proven.totpEnabledAt?.getTime()) return null;
    if (device.earlierSessionId !== null) await endGivenSession(transaction, device.earlierSessionId, at);
    await insertSession(transaction, {
      id,
      userId: proven.id,
      userAgent: device.userAgent.slice(0, maximumUserAgentLength),
      address: device.address,
      createdAt: at,
      lastSeenAt: at,
      expiresAt: sessionExpiry(at, at),
      revokedAt: null,
    });
    return id;
  });
}
