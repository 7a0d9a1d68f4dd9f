import { DomainError } from '@/lib/core/errors';
import { findAccount } from '@/lib/domain/accounts/repository';
import type { Context } from '@/lib/domain/context';

/** The gate of what concerns the whole server: a signed-in administrator, never a key. Throws `FORBIDDEN`. */
export async function requireAdministrator({ actor, db }: Context): Promise<void> {
  if (actor.kind === 'session') {
    const found = await findAccount(db, actor.userId);
    if (found?.user.isAdmin) return;
  }
  throw new DomainError('FORBIDDEN', 'Only an administrator of this server may do that.');
}
