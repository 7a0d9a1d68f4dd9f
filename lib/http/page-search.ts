/** What Next hands a page of its address. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** One search parameter of a page: the first of several, null for none or an empty one. */
export function firstParam(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) || null;
}
