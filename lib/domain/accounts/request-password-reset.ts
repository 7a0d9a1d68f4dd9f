import type { RequestPasswordResetInput } from '@/lib/domain/accounts/schema';
import type { Services } from '@/lib/domain/context';

const message =
  'If an account has this e-mail address, a link to set a new password is on its way. It works for one hour.';

/**
 * Asks for a letter with a link. Whether an account has the address is looked up by the job, not here: the answer is the same,
 * and takes as long.
 */
export async function requestPasswordReset(
  { jobs }: Services,
  { email }: RequestPasswordResetInput,
): Promise<{ message: string }> {
  await jobs.enqueue('send-password-reset', { email });
  return { message };
}
