import { DomainError } from '@/lib/core/errors';
import { slugOf } from '@/lib/core/slug';
import { createAccount } from '@/lib/domain/accounts/create-account';
import { hashPassword } from '@/lib/domain/accounts/password-hash';
import { type AccountRow, findAccountByEmail } from '@/lib/domain/accounts/repository';
import { ensureApiKey } from '@/lib/domain/api-keys/ensure-api-key';
import type { Plan, Services } from '@/lib/domain/context';

export type InitialAccount = {
  readonly email: string;
  readonly password: string;
  /** What stands before the @ when left out. */
  readonly username: string | undefined;
  /** `ul_` and 40 hexadecimal digits. */
  readonly apiKey: string | undefined;
  readonly plan: Plan;
};

/**
 * Makes the account that the operator named in the settings, and its key, where they do not exist yet; what exists is left as
 * it is, so that every start may ask. Throws `CONFLICT` when the name or the key is another account's.
 */
export async function ensureInitialAccount(services: Services, initial: InitialAccount): Promise<void> {
  const account = (await findAccountByEmail(services.db, initial.email)) ?? (await make(services, initial));
  if (initial.apiKey === undefined) return;
  const { workspaceId, plan, user } = account;
  const actor = { kind: 'session', userId: user.id, sessionId: '' } as const;
  await ensureApiKey({ ...services, requestId: 'start', actor, workspaceId, plan }, initial.apiKey);
}

async function make(services: Services, { email, password, username, plan }: InitialAccount): Promise<AccountRow> {
  const name = slugOf(username ?? email.split('@', 1)[0], 'admin');
  const passwordHash = await hashPassword(password);
  const wanted = { email, emailVerified: true, passwordHash, username: name, displayName: username ?? name, plan };
  try {
    return await services.db.transaction((transaction) =>
      createAccount({ ...services, requestId: 'start' }, transaction, wanted),
    );
  } catch (error) {
    // Another node may have made it in between; a conflict about the name is a real one.
    const made = error instanceof DomainError ? await findAccountByEmail(services.db, email) : null;
    if (made !== null) return made;
    throw error;
  }
}
