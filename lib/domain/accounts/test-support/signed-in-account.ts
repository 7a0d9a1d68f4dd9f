import { TOTP, URI } from 'otpauth';
import { newId } from '@/lib/core/ids';
import { beginTwoFactor } from '@/lib/domain/accounts/begin-two-factor';
import { confirmTwoFactor } from '@/lib/domain/accounts/confirm-two-factor';
import { findSessionHolder } from '@/lib/domain/accounts/find-session-holder';
import { signIn } from '@/lib/domain/accounts/sign-in';
import { signUp } from '@/lib/domain/accounts/sign-up';
import type { Device } from '@/lib/domain/accounts/start-session';
import type { Context, Services } from '@/lib/domain/context';

export const password = 'a long and private sentence';

export const firefox: Device = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  address: '192.0.2.1',
  earlierSessionId: null,
};

export function emailOf(username: string): string {
  return `${username}@example.com`;
}

/** Signs up and in as a person would, and gives the context of that session. */
export async function signedInAccount(services: Services, username: string): Promise<Context> {
  await signUp({ ...services, requestId: newId('request') }, { email: emailOf(username), password, username });
  return signedIn(services, username);
}

/** Signs in once more, on another device, with the password alone. */
export async function signedIn(services: Services, username: string, device: Device = firefox): Promise<Context> {
  const outcome = await signIn(services, { email: emailOf(username), password, code: '' }, device);
  if (outcome.kind !== 'signed-in') throw new Error(`refused: ${outcome.reason}`);
  return sessionContext(services, outcome.sessionId);
}

export async function sessionContext(services: Services, sessionId: string): Promise<Context> {
  const holder = await findSessionHolder(services, sessionId);
  if (holder === null) throw new Error('the session has ended');
  const { userId, workspaceId, plan } = holder;
  return {
    ...services,
    actor: { kind: 'session', userId, sessionId },
    workspaceId,
    plan,
    requestId: newId('request'),
  };
}

/** Turns two-factor on, as an authenticator and its owner would. Its code of now is used up by that. */
export async function withTwoFactor(
  context: Context,
): Promise<{ codeAt(date: Date): string; recoveryCodes: string[] }> {
  const { uri } = await beginTwoFactor(context);
  const codeAt = authenticator(uri);
  const { recoveryCodes } = await confirmTwoFactor(context, { code: codeAt(context.now()) });
  return { codeAt, recoveryCodes };
}

/** What a phone makes of the QR code. */
export function authenticator(uri: string): (date: Date) => string {
  const totp = URI.parse(uri);
  if (!(totp instanceof TOTP)) throw new Error('this is no TOTP uri');
  return (date) => totp.generate({ timestamp: date.getTime() });
}
