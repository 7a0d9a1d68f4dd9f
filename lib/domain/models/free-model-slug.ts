import { freeSlug } from '@/lib/core/slug';
import { takenModelSlugs } from '@/lib/domain/models/repository';
import type { Transaction } from '@/lib/platform/db/database';

/** `wanted`, or with a number where a living model of the project has it. Write it within `retryTakenSlug`. */
export async function freeModelSlug(transaction: Transaction, projectId: string, wanted: string): Promise<string> {
  return freeSlug(wanted, await takenModelSlugs(transaction, projectId, wanted));
}
