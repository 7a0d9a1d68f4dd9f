import { DrizzleQueryError } from 'drizzle-orm';

/** Longest chain of causes that is followed: a ring must end. */
const maximumCauses = 10;

/**
 * The error, for a log. Failed queries, also those that caused it, are told without the values in them: they are people's
 * addresses and the hashes of their passwords.
 */
export function errorWithoutValues(error: Error, depth = 0): Error {
  if (depth > maximumCauses) return error;
  const cause = error.cause instanceof Error ? errorWithoutValues(error.cause, depth + 1) : error.cause;
  if (error instanceof DrizzleQueryError) return queryError(error, cause);
  if (cause === error.cause) return error;
  const properties = { ...Object.getOwnPropertyDescriptors(error), cause: { value: cause } };
  return Object.create(Object.getPrototypeOf(error), properties);
}

function queryError({ query, message, stack }: DrizzleQueryError, cause: unknown): Error {
  const shown = new Error(`Failed query: ${query}`, { cause });
  // A stack begins with the message.
  shown.stack = stack?.replace(message, () => shown.message);
  return shown;
}
