import type { SignInFault } from '@/lib/client/sign-in';

/** What a refused sign-in says to the person, and what they can do. */
export function refusalWords({ refusal, waitSeconds }: SignInFault): { found: string; remedy: string } {
  switch (refusal) {
    case 'wrong-credentials':
      return {
        found: 'E-mail address and password do not belong together',
        remedy: 'Check both, or ask for a new password.',
      };
    case 'second-factor-needed':
      return { found: 'A code is needed', remedy: 'Enter the six digits your authenticator shows.' };
    case 'second-factor-wrong':
      return {
        found: 'This code is wrong or was used before',
        remedy: 'Wait for the next one in your authenticator, or use a recovery code.',
      };
    case 'too-many-attempts':
      return {
        found: 'Too many attempts',
        remedy: waitSeconds === null ? 'Try again in some minutes.' : `Try again in ${waitWords(waitSeconds)}.`,
      };
    case 'ticket-expired':
      return { found: 'That sign-in took too long', remedy: 'Start again: it is open for ten minutes.' };
    case 'email-unverified':
      return {
        found: 'The provider has not confirmed your e-mail address',
        remedy: 'Confirm it there first, or sign in with a password.',
      };
    case 'account-exists':
      return {
        found: 'An account with this e-mail address exists already',
        remedy: 'Sign in with its password, then connect the provider under Security.',
      };
    case 'unreachable':
      return { found: 'The server did not answer', remedy: 'Check the connection and try again.' };
    case 'unexpected':
      return { found: 'Signing in failed', remedy: 'Try again. If it stays so, the server’s log says why.' };
  }
}

/** A wait as people say it: “45 s”, “12 min”. */
export function waitWords(seconds: number): string {
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
