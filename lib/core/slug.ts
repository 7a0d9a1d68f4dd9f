/** The longest slug; longer names are cut. */
const maximumSlugLength = 64;

/** Lower-case words joined by single hyphens: what stands in addresses. */
export const slugPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * The slug of a name: accents are dropped, what is neither letter nor digit becomes a hyphen. A name without any such
 * character gives `fallback`.
 */
export function slugOf(name: string, fallback: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-');
  return words.slice(0, maximumSlugLength).replace(/^-+|-+$/g, '') || fallback;
}

/** The first of `slug`, `slug-2`, `slug-3`, … that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug;
  for (let number = 2; ; number++) {
    const suffix = `-${number}`;
    const candidate = `${slug.slice(0, maximumSlugLength - suffix.length).replace(/-+$/, '')}${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}
