const dayMs = 24 * 60 * 60 * 1000;

/** A session that nobody uses for so long ends. */
const idleMs = 30 * dayMs;

/** However much it is used, a session ends after so long. */
export const absoluteSessionMs = 90 * dayMs;

/** When a session ends that was made at `createdAt` and is used at `at`. */
export function sessionExpiry(createdAt: Date, at: Date): Date {
  return new Date(Math.min(at.getTime() + idleMs, createdAt.getTime() + absoluteSessionMs));
}
