import { isReservedName } from '@/lib/core/reserved-names';
import { freeSlug, slugOf } from '@/lib/core/slug';
import { lockAccountCreation, takenUsernames } from '@/lib/domain/accounts/repository';
import type { Transaction } from '@/lib/platform/db/database';

/** Leaves room for a number within the 32 characters of a user name. */
const maximumStemLength = 26;

/** A user name for somebody who was not asked for one, from what stands before the @; a taken one gets a number. */
export async function freeUsername(transaction: Transaction, email: string): Promise<string> {
  await lockAccountCreation(transaction);
  const [local] = email.split('@', 1);
  const stem = slugOf(local, 'user').slice(0, maximumStemLength).replace(/-+$/, '');
  const name = stem.length < 4 || isReservedName(stem) ? `${stem}-user` : stem;
  return freeSlug(name, await takenUsernames(transaction, name));
}
