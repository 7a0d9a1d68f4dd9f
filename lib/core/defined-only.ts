/** Without the fields that are `undefined`, so that what it is spread over keeps its own. */
export function definedOnly<T extends object>(values: T): Partial<T> {
  // Some of the fields of T, each with its own value: the compiler cannot see it through the entries.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
