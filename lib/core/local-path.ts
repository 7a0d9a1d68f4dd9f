/** No browser or router has a use for longer ones. */
const longestPath = 2000;

/** Stands for “this origin” while a path is resolved; it exists nowhere. */
const anyOrigin = 'http://local.invalid';

/**
 * The path within this site that a foreign string names, with query and fragment, or null when it is none or could lead to
 * another site (`//host`, `/\host`, `https:…`, control characters). For links that say where to go after something else.
 */
export function localPath(text: string | null | undefined): string | null {
  if (typeof text !== 'string' || text.length > longestPath) return null;
  if (!text.startsWith('/') || /[\p{Cc}\\]/u.test(text) || !URL.canParse(text, anyOrigin)) return null;
  const { origin, pathname, search, hash } = new URL(text, anyOrigin);
  // Dots can leave two slashes at the front (`/.//host`), which a browser reads as a host.
  return origin === anyOrigin && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : null;
}
