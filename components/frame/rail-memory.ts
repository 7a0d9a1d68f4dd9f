/** The cookie that remembers whether the rail shows words, so that the server draws it right from the start. */
export const railCookie = 'sightline.rail';

const oneYearSeconds = 31_536_000;

export type RailWidth = 'wide' | 'narrow';

/** The remembered width, or null when the person never chose one. */
export function parseRailWidth(value: string | undefined): RailWidth | null {
  return value === 'wide' || value === 'narrow' ? value : null;
}

/** Remembers the width for a year, on this browser. */
export function rememberRailWidth(width: RailWidth): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API needs https, which a server in one's own network often lacks
  document.cookie = `${railCookie}=${width}; path=/; max-age=${oneYearSeconds}; samesite=lax`;
}
