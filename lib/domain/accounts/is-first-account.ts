import { isWithoutAccounts } from '@/lib/domain/accounts/repository';
import type { Services } from '@/lib/domain/context';

/** Whether the next account is the first of this server, which becomes its administrator. */
export async function isFirstAccount({ db }: Pick<Services, 'db'>): Promise<boolean> {
  return isWithoutAccounts(db);
}
