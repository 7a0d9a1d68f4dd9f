import { formatCount } from '@/components/ui/format';
import type { CheckpointContents } from '@/lib/engines/model-files/checkpoint/describe-contents';
import type { GlobalGroup } from '@/lib/engines/model-files/checkpoint/describe-global';

/** What a checkpoint's network is called: `yolov8n`, by its architecture file where it names one, else by its class. */
export function architectureName({ architecture }: CheckpointContents): string {
  const file = architecture.yamlFile?.split(/[/\\]/).at(-1);
  return file?.replace(/\.ya?ml$/i, '') || (architecture.className.split('.').at(-1) ?? architecture.className);
}

/** What a checkpoint is, in one line: “detect · 80 classes · 640 px · 3.2 M parameters · float16”. */
export function contentsLine(contents: CheckpointContents): string {
  const { task, classCount, imageSize, parameterCount } = contents;
  const words = [
    task ?? 'unknown task',
    classCount === null ? null : classCount === 1 ? '1 class' : `${classCount} classes`,
    imageSizeWords(imageSize),
    `${formatCount(parameterCount)} parameters`,
    weightType(contents),
  ];
  return words.filter((word) => word !== null).join(' · ');
}

export function imageSizeWords({ width, height }: CheckpointContents['imageSize']): string {
  return width === height ? `${width} px` : `${width} × ${height} px`;
}

/** The type most of the weights are stored in. */
export function weightType({ dtypes }: CheckpointContents): string | null {
  const [most] = Object.entries(dtypes).sort(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}

/** A day where the file tells a time in the usual notation, else what it tells. */
export function dayOf(date: string): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0] ?? date;
}

/** How many names of each kind a pickle asks for. */
function countVerdicts(groups: readonly GlobalGroup[]): Readonly<Record<GlobalGroup['verdict'], number>> {
  const counts = { dangerous: 0, unusual: 0, expected: 0 };
  for (const { verdict, names } of groups) counts[verdict] += names.length;
  return counts;
}

/** What to think of the names as a whole: “41 names, all expected”, “1 of 3 names is dangerous”. */
export function verdictSentence(groups: readonly GlobalGroup[]): string {
  const { dangerous, unusual, expected } = countVerdicts(groups);
  const total = dangerous + unusual + expected;
  if (total === 0) return 'It asks for no code';
  const ofTotal = (count: number) =>
    `${count} of ${total} ${total === 1 ? 'name' : 'names'} ${count === 1 ? 'is' : 'are'}`;
  if (dangerous > 0) return `${ofTotal(dangerous)} dangerous`;
  if (unusual > 0) return `${ofTotal(unusual)} unusual, none dangerous`;
  return total === 1 ? '1 name, expected' : `${total} names, all expected`;
}
