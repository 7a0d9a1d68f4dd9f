import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts and authenticates a text with a key of 32 bytes in hexadecimal (`deriveSecret`). The same text seals differently each time. */
export function seal(text: string, keyHex: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, Buffer.from(keyHex, 'hex'), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
}

/** The text of a seal. Throws an `Error` when it was sealed with another key or changed since. */
export function unseal(sealed: string, keyHex: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv(algorithm, Buffer.from(keyHex, 'hex'), bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new Error('A sealed text cannot be opened: the server’s secret is another one, or the text was changed.', {
      cause,
    });
  }
}
