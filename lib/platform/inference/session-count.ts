/** More sessions side by side than this gain little and hold the weights once more each. */
const mostSessions = 4;

/**
 * How many images of one model go through the network side by side when several wait: one thread each is faster for all than all
 * threads for one after another, because a network does not split evenly.
 */
export function sessionCount(threads: number): number {
  return Math.min(threads, mostSessions);
}
