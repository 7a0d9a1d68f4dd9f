import { timestamp } from 'drizzle-orm/pg-core';

/** A moment, to the millisecond, in UTC. */
export function moment() {
  return timestamp({ withTimezone: true, precision: 3, mode: 'date' });
}
