/** So many failures in a row within the window, and the model rests. */
export const crashesAllowed = 3;
const windowMs = 60_000;
const restMs = 60_000;

export type CrashBreaker = {
  /** Milliseconds for which the model is still refused, or 0. */
  refusedMs(now: number): number;
  crashed(now: number): void;
  /** An answer ends the row. */
  answered(): void;
};

/** Keeps a model that takes its process down again and again from costing a new process each time. Times are in milliseconds. */
export function createCrashBreaker(): CrashBreaker {
  let crashes: number[] = [];
  let refusedUntil = 0;
  return {
    refusedMs: (now) => Math.max(0, refusedUntil - now),
    crashed(now) {
      crashes = [...crashes.filter((time) => now - time < windowMs), now];
      if (crashes.length < crashesAllowed) return;
      crashes = [];
      refusedUntil = now + restMs;
    },
    answered() {
      crashes = [];
    },
  };
}
