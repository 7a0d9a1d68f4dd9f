import type { Operation } from '@/lib/http/operation';

/** Headers that stand under `components` once, and by reference in every reply. */
export const headerComponents = {
  'X-Request-Id': { description: 'What the server’s log knows the request by', schema: { type: 'string' } },
  'X-RateLimit-Limit': { description: 'Requests of the tightest window', schema: { type: 'integer' } },
  'X-RateLimit-Remaining': { description: 'Requests left in it', schema: { type: 'integer' } },
  'X-RateLimit-Reset': { description: 'When it has room again, in unix seconds', schema: { type: 'integer' } },
  'Retry-After': { description: 'Seconds after which trying again makes sense', schema: { type: 'integer' } },
} as const;

/** References to the headers of the operation's replies; `more` names further ones. */
export function replyHeaders({ limit }: Operation, more: readonly (keyof typeof headerComponents)[] = []) {
  const names: (keyof typeof headerComponents)[] = ['X-Request-Id', ...more];
  if (limit !== 'none') names.push('X-RateLimit-Limit', 'X-RateLimit-Remaining', 'X-RateLimit-Reset');
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
