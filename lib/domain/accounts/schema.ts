import { z } from 'zod';
import { displayName } from '@/lib/domain/projects/schema';
import { plan, workspaceSlug } from '@/lib/domain/workspaces/schema';

export const email = z.email('expected an e-mail address').max(254);

/** Only its length is bounded here; what is too easily guessed the verbs refuse. */
const newPassword = z.string().min(8, 'expected at least 8 characters').max(256, 'expected at most 256 characters');

/** A password that is compared, not set. Empty: the account has none. */
const currentPassword = z.string().max(256);

/** Six digits of an authenticator, or a recovery code; spaces and hyphens do not matter. */
const secondFactorCode = z.string().trim().min(6).max(32);

export const signUpInput = z.object({
  email,
  password: newPassword,
  username: workspaceSlug.describe('4 to 32 lower-case letters, digits and single hyphens; cannot be changed later'),
  displayName: displayName.optional().describe('The user name when left out'),
});
export type SignUpInput = z.infer<typeof signUpInput>;

/** A code as it is typed at sign-in; a wrong one is refused as such, whatever its shape. */
const typedCode = z.string().trim().max(64);

/** The fields of the sign-in form: e-mail and password, or the ticket that a provider's sign-in gave, and perhaps a code. */
export const signInInput = z.union([
  z.object({ ticket: z.string().min(1).max(512), code: typedCode.default('') }),
  z.object({ email, password: currentPassword.min(1), code: typedCode.default('') }),
]);
export type SignInInput = z.infer<typeof signInInput>;

export const account = z
  .object({
    id: z.string().describe('user_…'),
    email: z.string(),
    emailVerified: z.boolean().describe('Whether a mailed link or a sign-in provider has proven the e-mail address'),
    displayName: z.string(),
    username: z.string().describe('Slug of the personal workspace'),
    plan,
    isAdmin: z.boolean().describe('Administrates this server'),
    hasPassword: z.boolean().describe('False for people who only sign in through a provider'),
    twoFactor: z.object({
      enabled: z.boolean(),
      recoveryCodesLeft: z.number().int(),
    }),
    providers: z.array(z.string()).describe('Connected sign-in providers: github, google, oidc'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof account>;

export const updateAccountInput = z.object({ displayName });
export type UpdateAccountInput = z.infer<typeof updateAccountInput>;

export const changeEmailInput = z.object({ email, password: currentPassword });
export type ChangeEmailInput = z.infer<typeof changeEmailInput>;

export const changePasswordInput = z.object({ currentPassword, newPassword });
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

export const requestPasswordResetInput = z.object({ email });
export type RequestPasswordResetInput = z.infer<typeof requestPasswordResetInput>;

export const completePasswordResetInput = z.object({
  token: z.string().max(128).describe('From the mailed link'),
  password: newPassword,
});
export type CompletePasswordResetInput = z.infer<typeof completePasswordResetInput>;

export const session = z
  .object({
    id: z.string().describe('session_…'),
    device: z.string().describe('Browser and system in words: Firefox on Linux'),
    address: z.string().describe('Where it signed in from'),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    current: z.boolean().describe('The session that asks'),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof session>;

export const sessionId = z
  .string()
  .regex(/^session_[a-z0-9]{1,40}$/)
  .describe('session_…');

/** What an authenticator needs; nothing changes until a code of it is confirmed. */
export const twoFactorSetup = z
  .object({
    secret: z.string().describe('Base32, for typing by hand'),
    uri: z.string().describe('otpauth://totp/…'),
    qrSvg: z.string().describe('The uri as a QR code: a whole SVG document'),
  })
  .meta({ id: 'TwoFactorSetup' });
export type TwoFactorSetup = z.infer<typeof twoFactorSetup>;

export const confirmTwoFactorInput = z.object({ code: secondFactorCode });
export type ConfirmTwoFactorInput = z.infer<typeof confirmTwoFactorInput>;

export const disableTwoFactorInput = z.object({ password: currentPassword, code: secondFactorCode });
export type DisableTwoFactorInput = z.infer<typeof disableTwoFactorInput>;

export const recoveryCodesReply = z.object({
  recoveryCodes: z.array(z.string()).describe('Ten codes, each good for one sign-in. Shown this once'),
});
export type RecoveryCodesReply = z.infer<typeof recoveryCodesReply>;

const providers = ['github', 'google', 'oidc'] as const;
export const provider = z.enum(providers);
export type Provider = z.infer<typeof provider>;

/**
 * Why a sign-in was refused, as it arrives at the sign-in page in `error`. `too-many-attempts` is followed by a colon and the
 * seconds to wait.
 */
export const signInRefusals = [
  'wrong-credentials',
  'second-factor-needed',
  'second-factor-wrong',
  'too-many-attempts',
  'ticket-expired',
  'email-unverified',
  'account-exists',
] as const;
export type SignInRefusal = (typeof signInRefusals)[number];
