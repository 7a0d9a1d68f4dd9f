/** What the system says of a connection that cannot be made, or broke. */
const systemCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);

/** PostgreSQL's own words: connection exceptions, too many connections, shutting down or starting up. */
const sqlStates = /^(08...|53300|57P0[1-5])$/;

/** The driver of the database has words only, no codes, for what happens on its own side. */
const driverWords =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to)/;

/** Longest chain of causes that is followed: wrappers wrap once or twice, and a ring must end. */
const maximumCauses = 5;

/**
 * Whether an error, or what caused it, says that the database or another service of ours cannot be reached just now: nothing
 * is wrong with the request, and trying again makes sense.
 */
export function isServiceAway(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < maximumCauses && current instanceof Error; depth++) {
    if (saysAway(current)) return true;
    current = current.cause;
  }
  return false;
}

function saysAway(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return systemCodes.has(code) || sqlStates.test(code) || driverWords.test(error.message);
}
