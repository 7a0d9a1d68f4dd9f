import { printable } from '@/lib/cli/printable';
import { type ModelScores, shapeMetrics } from '@/lib/engines/training/validation/model-scores';

const shapeTitles = { B: 'Box', M: 'Mask', P: 'Pose' } as const;

/** How a model did, class by class, as a table for people. */
export function metricsTable(scores: ModelScores, names: readonly string[]): string {
  if (scores.task === 'classify') {
    const { top1, top5 } = scores.accuracy;
    return tableText([
      ['Class', 'Images', 'top-1', 'top-5'],
      ['all', String(scores.images), figure(top1), figure(top5)],
    ]);
  }
  const shapes = [...shapeMetrics(scores)];
  const [[, boxes]] = shapes;
  const header = ['Class', 'Images', 'Instances', ...shapes.flatMap(([letter]) => columnsOf(shapeTitles[letter]))];
  const all = [
    'all',
    String(scores.images),
    String(boxes.classes.reduce((sum, { truths }) => sum + truths, 0)),
    ...shapes.flatMap(([, { mean }]) => figuresOf(mean)),
  ];
  const rows = boxes.classes.map(({ classId, images, truths }, k) => [
    names[classId] ?? `class${classId}`,
    String(images),
    String(truths),
    ...shapes.flatMap(([, { classes }]) => figuresOf(classes[k])),
  ]);
  return tableText([header, all, ...rows]);
}

function columnsOf(shape: string): string[] {
  return [`${shape} P`, 'R', 'mAP50', 'mAP50-95'];
}

type Figures = {
  readonly precision: number;
  readonly recall: number;
  readonly map50: number;
  readonly map50To95: number;
};

function figuresOf({ precision, recall, map50, map50To95 }: Figures): string[] {
  return [precision, recall, map50, map50To95].map(figure);
}

function figure(value: number): string {
  return value.toFixed(3);
}

const widestName = 30;

/** Rows with their first column to the left and numbers to the right. */
function tableText(rows: readonly (readonly string[])[]): string {
  const shown = rows.map(([name = '', ...others]) => [shortName(name), ...others]);
  const widths = shown[0].map((_, column) => Math.max(...shown.map((row) => row[column].length)));
  const lines = shown.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('  '),
  );
  return `${lines.join('\n')}\n`;
}

function shortName(name: string): string {
  const plain = printable(name);
  return plain.length <= widestName ? plain : `${plain.slice(0, widestName - 1)}…`;
}
