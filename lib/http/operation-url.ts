/**
 * The address of an operation: path parameters are put in for their braces, the query behind it. Entries that are undefined
 * are left out, dates are written in ISO 8601. Throws where a parameter of the path is missing.
 */
export function operationUrl(
  path: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${path} needs the parameter ${name}, which was not given.`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) {
      search.append(name, value instanceof Date ? value.toISOString() : String(value));
    }
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}
