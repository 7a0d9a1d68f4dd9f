import { env } from '@/lib/core/env';

/**
 * The address a request came from, for limits and the list of devices. Next appends the socket's own address to the header; a
 * proxy in front (TRUST_PROXY) puts the caller's before it. What stands further left anybody can write.
 */
export function clientAddress(request: Request): string {
  const forwarded = request.headers.get('x-forwarded-for')?.split(',') ?? [];
  const address = forwarded.at(env.TRUST_PROXY ? -2 : -1) ?? forwarded.at(-1);
  return address?.trim().slice(0, 64) || 'unknown';
}
