import { Secret, TOTP } from 'otpauth';
import { renderSVG } from 'uqr';

/** Authenticators expect these; most know no others. */
const stepSeconds = 30;
const digits = 6;
const secretBytes = 20;

/** A clock may be this many steps off, before or after. */
const windowSteps = 1;

/** A new secret in base32, 160 bits as RFC 4226 recommends. */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** What authenticators read: the secret with the names they show beside the code. */
export function totpUri(secret: string, account: string): string {
  return totp(secret, account).toString();
}

/** The uri as a QR code, a whole SVG document: dark on white in both themes, because cameras read it. */
export function totpQrSvg(uri: string): string {
  return renderSVG(uri, { border: 2, ecc: 'M' });
}

/**
 * The 30-second step whose code this is, or null when it is none of the steps around `now`. A step may be accepted once: the
 * caller remembers it.
 */
export function totpStep(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totp(secret, '').validate({ token: code, timestamp, window: windowSteps });
  return delta === null ? null : Math.floor(timestamp / 1000 / stepSeconds) + delta;
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Sightline', label, secret: Secret.fromBase32(secret), digits, period: stepSeconds });
}
