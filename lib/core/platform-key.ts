import { allows } from '@/lib/core/scopes';

/** A platform key in full: `ul_` and 40 hexadecimal digits. */
export const platformKeyPattern = /^ul_[0-9a-f]{40}$/;

/** The first of somebody's keys that requests for predictions may be sent with. */
export function predictingKey<
  Key extends { readonly kind: string; readonly expired: boolean; readonly scopes: readonly string[] },
>(keys: readonly Key[]): Key | undefined {
  return keys.find(({ kind, expired, scopes }) => kind === 'ul' && !expired && allows(scopes, 'inference'));
}
