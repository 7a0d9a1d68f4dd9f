import { freeSlug } from '@/lib/core/slug';
import { takenProjectSlugs } from '@/lib/domain/projects/repository';
import type { Transaction } from '@/lib/platform/db/database';

/** `wanted`, or with a number where a living project of the workspace has it. Write it within `retryTakenSlug`. */
export async function freeProjectSlug(transaction: Transaction, workspaceId: string, wanted: string): Promise<string> {
  return freeSlug(wanted, await takenProjectSlugs(transaction, workspaceId, wanted));
}
