import { createHmac } from 'node:crypto';
import { deriveSecret } from '@/lib/core/derive-secret';
import { randomWord } from '@/lib/core/random';
import { unseal } from '@/lib/core/seal';
import { acceptTotpStep, replaceRecoveryCodes, spendRecoveryCode } from '@/lib/domain/accounts/credentials-repository';
import type { UserRow } from '@/lib/domain/accounts/repository';
import { totpStep } from '@/lib/domain/accounts/totp';
import type { Services } from '@/lib/domain/context';
import type { Queryable, Transaction } from '@/lib/platform/db/database';

type Proof = Pick<Services, 'now' | 'secret'> & { readonly db: Queryable };

const recoveryCodeCount = 10;
const recoveryCodeLength = 10;

/** Whether the code is the authenticator's and was not accepted before. A right one is used up by asking. */
export async function acceptTotpCode({ db, now, secret }: Proof, user: UserRow, code: string): Promise<boolean> {
  if (user.totpSecret === null) return false;
  const step = totpStep(unseal(user.totpSecret, deriveSecret(secret, 'totp')), plainCode(code), now());
  return step !== null && acceptTotpStep(db, user.id, step);
}

/** As `acceptTotpCode`, but takes one of the recovery codes as well. */
export async function acceptSecondFactor(proof: Proof, user: UserRow, code: string): Promise<boolean> {
  if (/^\d{6}$/.test(plainCode(code))) return acceptTotpCode(proof, user, code);
  const { db, now, secret } = proof;
  return spendRecoveryCode(db, user.id, hashRecoveryCode(secret, code), now());
}

/** Ten new recovery codes in the place of the earlier ones; they are kept as hashes only. */
export async function renewRecoveryCodes(
  transaction: Transaction,
  { secret }: Pick<Services, 'secret'>,
  userId: string,
): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, () => randomWord(recoveryCodeLength));
  await replaceRecoveryCodes(
    transaction,
    userId,
    codes.map((code) => hashRecoveryCode(secret, code)),
  );
  return codes.map((code) => `${code.slice(0, recoveryCodeLength / 2)}-${code.slice(recoveryCodeLength / 2)}`);
}

/** Keyed, so that the 50 bits of a code cannot be searched by whoever steals the table alone. */
function hashRecoveryCode(secret: string, code: string): string {
  return createHmac('sha256', deriveSecret(secret, 'recovery')).update(plainCode(code)).digest('hex');
}

function plainCode(code: string): string {
  return code.replace(/[\s-]/g, '').toLowerCase();
}
