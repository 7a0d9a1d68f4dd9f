/** Something in a data set that was skipped or mended; training can go on without it. */
export type DatasetProblem = {
  /** Path within the data set's files. */
  readonly file: string;
  /** From 1, or null where the whole file is meant. */
  readonly line: number | null;
  /** One sentence: what was expected, what was found, and what was done about it. */
  readonly found: string;
};

/** Gathers problems of a whole data set. */
export type ProblemLog = {
  add(problem: DatasetProblem): void;
  /** Those that are told, in the order they were found. */
  readonly problems: readonly DatasetProblem[];
  /** All that there were. */
  readonly count: number;
};

/** Nobody reads more; a data set of a million broken lines must not fill the memory with sentences. */
const toldProblems = 10_000;

/** An empty log. It keeps the first ten thousand problems and counts the others. */
export function createProblemLog(): ProblemLog {
  const problems: DatasetProblem[] = [];
  let count = 0;
  return {
    add(problem) {
      count++;
      if (problems.length < toldProblems) problems.push(problem);
    },
    problems,
    get count() {
      return count;
    },
  };
}
