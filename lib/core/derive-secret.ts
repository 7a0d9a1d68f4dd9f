import { hkdfSync } from 'node:crypto';

/** What the server's secret is used for: each purpose has a key of its own, so that none can be turned against another. */
type Purpose = 'session' | 'links' | 'totp' | 'recovery' | 'ticket' | 'mail';

/** A key of 32 bytes as hexadecimal, derived from the server's secret by HKDF-SHA256 (RFC 5869). */
export function deriveSecret(secret: string, purpose: Purpose): string {
  return Buffer.from(hkdfSync('sha256', secret, '', `sightline:${purpose}`, 32)).toString('hex');
}
