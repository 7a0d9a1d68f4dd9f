import { DomainError } from '@/lib/core/errors';
import type { Context } from '@/lib/domain/context';

/** The gate of what only the person may do, never a key of theirs. Gives the session's id. Throws `FORBIDDEN`. */
export function requireOwnSession({ actor }: Context): string {
  if (actor.kind === 'session') return actor.sessionId;
  throw new DomainError('FORBIDDEN', 'Only a signed-in person may do that. Sign in and do it in the browser.');
}
