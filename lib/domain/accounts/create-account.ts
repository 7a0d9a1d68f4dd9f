import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import {
  type AccountRow,
  insertOwnedWorkspace,
  insertUser,
  isWithoutAccounts,
  lockAccountCreation,
} from '@/lib/domain/accounts/repository';
import { recordActivity } from '@/lib/domain/activity/record-activity';
import type { Context, Plan, Services } from '@/lib/domain/context';
import type { Transaction } from '@/lib/platform/db/database';

type NewAccount = {
  readonly email: string;
  readonly emailVerified: boolean;
  readonly passwordHash: string | null;
  readonly username: string;
  readonly displayName: string;
  readonly plan: Plan;
};

/**
 * Makes a person, their personal workspace and the first event in it. The first account of an empty server becomes its
 * administrator; accounts are made one after the other, so that there is only one first. Throws `CONFLICT` where the user name
 * or the e-mail address is taken.
 */
export async function createAccount(
  services: Services & { readonly requestId: string },
  transaction: Transaction,
  wanted: NewAccount,
): Promise<AccountRow> {
  const { email, passwordHash, username, displayName, plan } = wanted;
  const at = services.now();
  await lockAccountCreation(transaction);
  const user = {
    id: newId('user'),
    email,
    emailVerifiedAt: wanted.emailVerified ? at : null,
    displayName,
    passwordHash,
    totpSecret: null,
    totpEnabledAt: null,
    totpLastStep: null,
    isAdmin: await isWithoutAccounts(transaction),
    createdAt: at,
    updatedAt: at,
  };
  const workspaceId = newId('workspace');
  if (!(await insertUser(transaction, user))) throw emailRefused();
  const workspace = {
    id: workspaceId,
    slug: username,
    name: displayName,
    kind: 'personal',
    plan,
    createdAt: at,
  } as const;
  if (!(await insertOwnedWorkspace(transaction, workspace, user.id))) throw usernameTaken();
  const context: Context = {
    ...services,
    actor: { kind: 'session', userId: user.id, sessionId: '' },
    workspaceId,
    plan,
  };
  await recordActivity(context, transaction, {
    action: 'created',
    resource: { type: 'onboarding', id: user.id, name: username },
    message: `Created the account ${username}`,
  });
  return { user, workspaceId, username, plan };
}

function usernameTaken(): DomainError {
  const message = 'This user name is taken. Choose another one.';
  return new DomainError('CONFLICT', message, { issues: [{ path: 'username', message }] });
}

/** Says no more than it must: whoever owns the address knows what to do, others learn nothing for certain. */
export function emailRefused(): DomainError {
  const message =
    'This e-mail address could not be used. If it is yours, you may have an account already: sign in, or ask for a new password.';
  return new DomainError('CONFLICT', message, { issues: [{ path: 'email', message }] });
}
