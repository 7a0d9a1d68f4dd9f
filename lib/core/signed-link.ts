import { createHmac, timingSafeEqual } from 'node:crypto';
import { assert } from '@/lib/core/assert';

export type SignedLink = {
  /** The path of the address, such as `/files/…`: a signature is worth nothing on another one. */
  readonly path: string;
  readonly expiresAt: Date;
  /** What the browser shall call the download. */
  readonly fileName: string;
};

export type LinkVerdict =
  | { readonly state: 'ok'; readonly fileName: string }
  | { readonly state: 'expired' | 'forged' };

/** The query string (without `?`) that opens `path` until `expiresAt`, to the second. `secret`: 16 characters or more. */
export function signLink({ path, expiresAt, fileName }: SignedLink, secret: string): string {
  const expires = String(Math.floor(expiresAt.getTime() / 1000));
  return new URLSearchParams({
    expires,
    name: fileName,
    signature: signatureOf(path, expires, fileName, secret).toString('base64url'),
  }).toString();
}

/** Whether `query` is what `signLink` gave for `path`, and still holds at `now`. Takes as long for a near miss as for any other. */
export function verifyLink(path: string, query: URLSearchParams, secret: string, now: Date): LinkVerdict {
  const expires = onlyValue(query, 'expires');
  const fileName = onlyValue(query, 'name');
  const signature = onlyValue(query, 'signature');
  if (expires === null || fileName === null || signature === null || !/^\d{1,12}$/.test(expires)) {
    return { state: 'forged' };
  }
  const given = Buffer.from(signature, 'base64url');
  const right = signatureOf(path, expires, fileName, secret);
  if (given.byteLength !== right.byteLength || !timingSafeEqual(given, right)) return { state: 'forged' };
  return now.getTime() < Number(expires) * 1000 ? { state: 'ok', fileName } : { state: 'expired' };
}

/** JSON keeps the parts apart, so that no two links have the same text; the first word keeps other uses of the secret apart. */
function signatureOf(path: string, expires: string, fileName: string, secret: string): Buffer {
  assert(secret.length >= 16, 'the secret for links has at least 16 characters');
  return createHmac('sha256', secret)
    .update(JSON.stringify(['sightline-link-1', path, expires, fileName]))
    .digest();
}

function onlyValue(query: URLSearchParams, name: string): string | null {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : null;
}
