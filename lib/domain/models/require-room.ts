import { DomainError } from '@/lib/core/errors';
import type { Context } from '@/lib/domain/context';
import { findHoldings, lockHoldings } from '@/lib/domain/models/repository';
import { planLimits } from '@/lib/domain/plan-limits';
import type { Transaction } from '@/lib/platform/db/database';

/** What is to be added, already less what it replaces. */
type Addition = { readonly models: number; readonly bytes: number };

/**
 * Refuses what does not fit the plan, as a first word before a long upload. Only `requireRoomLocked` is safe from requests that
 * arrive together. Throws `QUOTA_EXCEEDED` with what is used and what is allowed.
 */
export async function requireRoom(context: Context, addition: Addition): Promise<void> {
  checkHoldings(context, addition, await findHoldings(context.db, context.workspaceId));
}

/** As `requireRoom`; others who add to the workspace wait until the transaction ends. */
export async function requireRoomLocked(context: Context, transaction: Transaction, addition: Addition): Promise<void> {
  await lockHoldings(transaction, context.workspaceId);
  checkHoldings(context, addition, await findHoldings(transaction, context.workspaceId));
}

function checkHoldings(
  { plan }: Context,
  addition: Addition,
  { modelCount, trashedModelCount, sizeBytes }: Awaited<ReturnType<typeof findHoldings>>,
): void {
  const limits = planLimits(plan);
  if (limits.models !== null && addition.models > 0 && modelCount + addition.models > limits.models) {
    const inTrash = trashedModelCount > 0 ? ` (${trashedModelCount} of them in the trash)` : '';
    throw new DomainError(
      'QUOTA_EXCEEDED',
      `The ${plan} plan holds ${limits.models} models, and ${modelCount} are here${inTrash}. Delete models and empty the trash, or change the plan.`,
    );
  }
  if (limits.storageBytes !== null && addition.bytes > 0 && sizeBytes + addition.bytes > limits.storageBytes) {
    throw new DomainError(
      'QUOTA_EXCEEDED',
      `The ${plan} plan stores ${limits.storageBytes} bytes: ${sizeBytes} are used, and this file would add ${addition.bytes}. Delete files and empty the trash, or change the plan.`,
    );
  }
}
