import { takenUsernames } from '@/lib/domain/accounts/repository';

import type { Services } from '@/lib/domain/context';
import { type SlugVerdict, workspaceSlug } from '@/lib/domain/workspaces/schema';

/** Whether somebody could sign up with this user name now. User names are public: they stand in addresses. */
export async function checkUsername({ db }: Pick<Services, 'db'>, username: string): Promise<SlugVerdict> {
  const parsed = workspaceSlug.safeParse(username);
  if (!parsed.success) return { available: false, reason: parsed.error.issues[0]?.message ?? 'expected another name' };
  const taken = await takenUsernames(db, parsed.data);
  return taken.has(parsed.data)
    ? { available: false, reason: 'this name is taken' }
    : { available: true, reason: null };
}
