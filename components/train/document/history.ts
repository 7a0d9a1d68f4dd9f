/** A document with what came before it and what was undone. Replaced as a whole, never changed. */
export type History<T> = {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
};

/** Nobody undoes more; documents share what they have in common, so that many are cheap. */
const mostSteps = 200;

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** The next document; the same one is no step. */
export function step<T>(history: History<T>, next: T): History<T> {
  if (next === history.present) return history;
  return { past: [...history.past, history.present].slice(-mostSteps), present: next, future: [] };
}

export function undo<T>(history: History<T>): History<T> {
  if (history.past.length === 0) return history;
  const [present] = history.past.slice(-1);
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future] };
}

export function redo<T>(history: History<T>): History<T> {
  if (history.future.length === 0) return history;
  const [present, ...future] = history.future;
  return { past: [...history.past, history.present], present, future };
}
