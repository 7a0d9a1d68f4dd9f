/** Whether a statement failed because another request wrote the same unique value first (PostgreSQL 23505). */
export function violatesUnique(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === '23505') return true;
  }
  return false;
}
