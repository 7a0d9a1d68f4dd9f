import type { LabelRule } from '@/lib/engines/training/dataset/label-rule';
import type { ObjectLabel } from '@/lib/engines/training/dataset/object-label';
import { parseLabelLine } from '@/lib/engines/training/dataset/parse-label-line';

/** Labels of one image, and what was wrong with the lines that are not among them. */
export type ReadLabels = {
  readonly labels: readonly ObjectLabel[];
  readonly wrong: readonly { readonly line: number; readonly found: string }[];
};

/** Labels of one image, far beyond any real one: what follows is left out. */
const maximumLabels = 20_000;

/** Reads a YOLO label file: one object a line, blank lines allowed. A line that is no label is skipped and told. */
export function readLabels(text: string, rule: LabelRule): ReadLabels {
  const labels: ObjectLabel[] = [];
  const wrong: { line: number; found: string }[] = [];
  const seen = new Map<string, number>();
  for (const [index, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const content = written.trim();
    if (content === '') continue;
    const line = index + 1;
    const skip = (found: string) => wrong.push({ line, found: `${found}. The line was skipped.` });
    const first = seen.get(content);
    if (labels.length === maximumLabels) {
      skip(
        `One image was expected to hold at most ${maximumLabels} objects; this and all following lines were not read`,
      );
      break;
    }
    if (first !== undefined) {
      skip(`The same object stands in line ${first} already`);
      continue;
    }
    seen.set(content, line);
    const parsed = parseLabelLine(content, rule);
    if ('wrong' in parsed) skip(parsed.wrong);
    else labels.push(parsed.label);
  }
  return { labels, wrong };
}
