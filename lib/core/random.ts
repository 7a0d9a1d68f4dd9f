/** Lower-case letters and digits without l, o, 0, 1 and i: 31 characters that survive being read aloud. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

/** A random word of `length` characters; bytes that would favour some characters are thrown away. */
export function randomWord(length: number): string {
  const fair = 256 - (256 % alphabet.length);
  let id = '';
  while (id.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < fair && id.length < length) id += alphabet[byte % alphabet.length];
    }
  }
  return id;
}

/** `bytes` random bytes as hexadecimal. */
export function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}
