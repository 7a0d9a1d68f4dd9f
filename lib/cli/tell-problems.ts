import type { Output } from '@/lib/cli/output';
import { printable } from '@/lib/cli/printable';
import type { LabelledData } from '@/lib/engines/training/loop/training-data';

/** Problems that are told one by one; there may be thousands. */
const toldProblems = 10;

/** Tells what was wrong with a data set, each with its file and line. */
export async function tellProblems(
  { problems, problemCount }: Pick<LabelledData, 'problems' | 'problemCount'>,
  errors: Output,
): Promise<void> {
  for (const { file, line, found } of problems.slice(0, toldProblems)) {
    await errors.writeLine(printable(`sightline: ${file}${line === null ? '' : `:${line}`}: ${found}`));
  }
  const untold = problemCount - Math.min(problems.length, toldProblems);
  if (untold > 0) await errors.writeLine(`sightline: … and ${untold} more problems with the data.`);
}
