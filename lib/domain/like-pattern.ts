/**
 * A person's words as the pattern of a `like` that finds them anywhere; its own wildcards are taken literally. NUL, which the
 * database refuses, stands in no text that could be found.
 */
export function likePattern(words: string): string {
  return `%${words.replaceAll('\0', '').replace(/[\\%_]/g, '\\$&')}%`;
}
