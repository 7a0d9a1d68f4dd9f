/**
 * Makes `instanceof` know a class by a mark that all copies of it share. Next bundles pages and route handlers apart, so a
 * class exists twice in one process, and an error thrown by services that a page started first would otherwise be a stranger
 * to the route that catches it. Subclasses keep the ordinary test.
 */
export function isBranded(tested: unknown, brand: symbol, asked: unknown, branded: unknown): boolean {
  if (asked !== branded) return Function.prototype[Symbol.hasInstance].call(asked, tested);
  return typeof tested === 'object' && tested !== null && brand in tested;
}
