/** Throws when something the program itself guarantees does not hold. Never for a person's input: that is a `Fault`. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`);
}

/** The value, or a programming error: replaces the non-null operator where the program guarantees presence. */
export function present<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is missing`);
  return value;
}

/** Makes a `switch` over a union exhaustive: a new member no longer compiles until it is handled. */
export function unreachable(value: never): never {
  throw new Error(`Unreachable: ${JSON.stringify(value)}`);
}
