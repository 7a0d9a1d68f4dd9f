import type { ConfusionMatrix } from '@/lib/engines/training/evaluation/confusion-matrix';
import { shortened, sideTitle } from '@/lib/engines/training/plots/line-chart';
import { element, inkColour, label, paleColour, shortNumber, svgDocument } from '@/lib/engines/training/plots/svg';

/** Larger matrices have cells without numbers and axes without names. */
const readableSize = 40;
/** Room for the title. */
const narrowest = 440;
const margins = { top: 40, right: 20 } as const;

/** Width of a letter of the axes' names, about. */
const letterWidth = 6.2;

/** Room left of the matrix and below it: for the axes' words, and for their names, which are slanted below. */
type NameRoom = { readonly left: number; readonly bottom: number };

/**
 * How often each class was taken for which: columns are the labelled classes, rows the predicted ones. `normalised` gives each
 * cell as the share of its column, so that classes of many objects and of few compare.
 *
 * @param names Of the classes; the background's is added where the matrix has it.
 */
export function confusionPlot(matrix: ConfusionMatrix, names: readonly string[], normalised: boolean): string {
  const { size, counts } = matrix;
  const axis = Array.from({ length: size }, (_, k) => names[k] ?? 'background');
  const room = nameRoom(size <= readableSize ? axis : []);
  const cell = size <= 12 ? 48 : size <= readableSize ? 26 : Math.max(2, Math.floor(1000 / size));
  const side = cell * size;
  const sums = Array.from({ length: size }, (_, column) => columnSum(matrix, column));
  const most = counts.reduce((largest, count) => Math.max(largest, count), 1);
  const parts: string[] = [];
  for (const [k, count] of counts.entries()) {
    const column = k % size;
    const share = sums[column] === 0 ? 0 : count / sums[column];
    const x = room.left + column * cell;
    const y = margins.top + Math.floor(k / size) * cell;
    const depth = normalised ? share : count / most;
    if (count > 0) parts.push(element('rect', { x, y, width: cell, height: cell, fill: shade(depth) }));
    if (count === 0 || size > readableSize) continue;
    const text = normalised ? share.toFixed(2) : String(count);
    parts.push(cellText(text, x + cell / 2, y + cell / 2, cell, depth));
  }
  const title = normalised ? 'Confusion matrix, shares of each labelled class' : 'Confusion matrix, counts';
  const frame = { x: room.left, y: margins.top, width: side, height: side, fill: 'none', stroke: inkColour };
  const width = Math.max(room.left + side + margins.right, narrowest);
  return svgDocument(
    width,
    margins.top + side + room.bottom,
    title,
    [
      label(title, width / 2, 24, { 'text-anchor': 'middle', 'font-weight': 600 }),
      element('rect', { ...frame, fill: '#ffffff', stroke: paleColour }),
      ...parts,
      element('rect', frame),
      ...(size <= readableSize ? axis.flatMap((name, k) => axisNames(name, k, cell, side, room)) : []),
      label('labelled', room.left + side / 2, margins.top + side + room.bottom - 14, { 'text-anchor': 'middle' }),
      sideTitle('predicted', 18, margins.top + side / 2),
    ].join('\n'),
  );
}

function columnSum({ size, counts }: ConfusionMatrix, column: number): number {
  let sum = 0;
  for (let row = 0; row < size; row++) sum += counts[row * size + column];
  return sum;
}

/** From white to a dark blue. */
function shade(depth: number): string {
  const mix = (light: number, dark: number): number => Math.round(light + (dark - light) * Math.min(depth, 1));
  return `rgb(${mix(240, 8)} ${mix(246, 64)} ${mix(252, 129)})`;
}

function cellText(text: string, x: number, y: number, cell: number, depth: number): string {
  return label(text, x, y + 4, {
    'text-anchor': 'middle',
    'font-size': cell < 40 ? 9 : 12,
    fill: depth > 0.5 ? '#ffffff' : inkColour,
  });
}

function nameRoom(names: readonly string[]): NameRoom {
  const longest = letterWidth * Math.max(0, ...names.map((name) => shortened(name).length));
  return { left: 46 + longest, bottom: 52 + longest * Math.SQRT1_2 };
}

function axisNames(name: string, k: number, cell: number, side: number, room: NameRoom): string[] {
  const middle = k * cell + cell / 2;
  const x = room.left + middle;
  const y = margins.top + side + 14;
  return [
    label(shortened(name), room.left - 8, margins.top + middle + 4, { 'text-anchor': 'end', 'font-size': 11 }),
    label(shortened(name), x, y, {
      'text-anchor': 'end',
      'font-size': 11,
      transform: `rotate(-45 ${shortNumber(x)} ${shortNumber(y)})`,
    }),
  ];
}
