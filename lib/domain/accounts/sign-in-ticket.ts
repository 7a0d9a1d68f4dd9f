import { deriveSecret } from '@/lib/core/derive-secret';
import { seal, unseal } from '@/lib/core/seal';
import type { Services } from '@/lib/domain/context';

/** Long enough to find the authenticator. */
const ticketMs = 10 * 60 * 1000;

/** Proof that a provider vouched for a person a moment ago, for the step that asks for their second factor. */
export function issueSignInTicket({ now, secret }: Pick<Services, 'now' | 'secret'>, userId: string): string {
  return seal(`${now().getTime() + ticketMs}:${userId}`, deriveSecret(secret, 'ticket'));
}

/** Whose ticket it is, or null when it is none of ours or too old. */
export function readSignInTicket({ now, secret }: Pick<Services, 'now' | 'secret'>, ticket: string): string | null {
  let opened: string;
  try {
    opened = unseal(ticket, deriveSecret(secret, 'ticket'));
  } catch {
    return null;
  }
  const at = opened.indexOf(':');
  return Number(opened.slice(0, at)) > now().getTime() ? opened.slice(at + 1) : null;
}
