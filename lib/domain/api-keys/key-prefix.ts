const prefixLength = 11;

/** What is kept of a key for people to recognise it by. */
export function keyPrefix(key: string): string {
  return key.slice(0, prefixLength);
}
