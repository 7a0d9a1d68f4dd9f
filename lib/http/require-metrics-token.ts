import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError } from '@/lib/core/errors';

/**
 * Lets a scraper in that sends the token. Throws `NOT_FOUND` when the server has none set: there is nothing to find then, and
 * `UNAUTHORIZED` for another token or none. Compares hashes, in constant time: neither length nor content shows.
 */
export function requireMetricsToken(request: Request, token: string | undefined): void {
  if (token === undefined) throw new DomainError('NOT_FOUND', 'There is no GET /api/metrics. See /api/docs.');
  const [scheme = '', given = ''] = (request.headers.get('authorization') ?? '').trim().split(/\s+/, 2);
  if (scheme.toLowerCase() === 'bearer' && timingSafeEqual(digest(given), digest(token))) return;
  throw new DomainError('UNAUTHORIZED', 'Expected “Authorization: Bearer” with the server’s METRICS_TOKEN.');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
