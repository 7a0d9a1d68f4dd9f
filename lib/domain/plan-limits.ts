import { env } from '@/lib/core/env';
import type { Plan } from '@/lib/domain/context';

/** What a workspace may hold; null is without limit. What lies in the trash counts, since it can come back. */
export type PlanLimits = { readonly models: number | null; readonly storageBytes: number | null };

/** As the contract counts: a free plan’s limit is 107374182400. */
const gigabyte = 2 ** 30;

const limitsByPlan: Readonly<Record<Plan, PlanLimits>> = {
  free: { models: 100, storageBytes: 100 * gigabyte },
  pro: { models: 500, storageBytes: 500 * gigabyte },
  enterprise: { models: null, storageBytes: null },
};

/** The limits of a plan; none at all on an installation that runs with LIMITS_OFF. */
export function planLimits(plan: Plan, isUnlimited: boolean = env.LIMITS_OFF): PlanLimits {
  return isUnlimited ? limitsByPlan.enterprise : limitsByPlan[plan];
}
