import { createHash } from 'node:crypto';
import { findActiveKey, touchKey } from '@/lib/domain/api-keys/repository';
import type { Plan, Services } from '@/lib/domain/context';

/** Who a key acts for. */
type KeyHolder = {
  /** Of the key. */
  readonly id: string;
  readonly userId: string;
  readonly workspaceId: string;
  readonly plan: Plan;
  readonly scopes: readonly string[];
};

/** The last use is noted at most this often: a row that changes with every request would make every request wait for it. */
const touchIntervalMs = 60_000;

/** The hash under which a key is kept. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Whom a key belongs to, or null when it is unknown, revoked or expired. Notes when it was last used. */
export async function findKeyHolder({ db, now }: Services, key: string): Promise<KeyHolder | null> {
  const at = now();
  const found = await findActiveKey(db, hashKey(key), at);
  if (found === null) return null;
  const { lastUsedAt, ...holder } = found;
  if (lastUsedAt === null || at.getTime() - lastUsedAt.getTime() > touchIntervalMs) await touchKey(db, holder.id, at);
  return holder;
}
