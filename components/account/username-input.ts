/** What somebody types as a user name, brought nearer to the rules: lower case, hyphens for blanks and underscores. */
export function asUsername(typed: string): string {
  return typed
    .toLowerCase()
    .trimStart()
    .replaceAll(/[\s_.]+/g, '-');
}
