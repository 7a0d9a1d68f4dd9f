/** Lets so many through at a time; the others wait in order. */
export type Turnstile = {
  /** How many wait. */
  readonly waitingCount: number;
  /** Runs `work` when its turn has come. Rejects as `work` does. */
  pass<T>(work: () => Promise<T>): Promise<T>;
};

export function createTurnstile(atOnce: number): Turnstile {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return {
    get waitingCount() {
      return waiting.length;
    },
    async pass(work) {
      if (inside >= atOnce) await new Promise<void>((enter) => waiting.push(enter));
      else inside += 1;
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        // The place is handed on, so that nobody can slip in between.
        if (next === undefined) inside -= 1;
        else next();
      }
    },
  };
}
