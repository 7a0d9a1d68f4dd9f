import { axisTicks } from '@/lib/engines/training/plots/axis-ticks';
import { shortened, sideTitle } from '@/lib/engines/training/plots/line-chart';
import { plotColour } from '@/lib/engines/training/plots/plot-colours';
import { element, inkColour, label, paleColour, shortNumber, svgDocument } from '@/lib/engines/training/plots/svg';

/** More classes than that are drawn as narrow bars without names. */
const readableClasses = 60;
const margins = { left: 70, top: 40, right: 20, bottom: 170 } as const;
const height = 300;

/** How many labels each class has, as bars. `counts` are by class. */
export function labelsPlot(counts: readonly number[], names: readonly string[]): string {
  const bar = counts.length <= readableClasses ? Math.max(18, Math.min(64, 640 / counts.length)) : 6;
  const width = Math.max(bar * counts.length, 200);
  const ticks = axisTicks(
    0,
    counts.reduce((largest, count) => Math.max(largest, count), 1),
  );
  const toY = (value: number): number => margins.top + height * (1 - value / ticks.high);
  const title = 'Labels of each class in the training images';
  const bars = counts.map((count, k) =>
    element('rect', {
      x: margins.left + k * bar + bar * 0.1,
      y: toY(count),
      width: bar * 0.8,
      height: (height * count) / ticks.high,
      fill: plotColour(0),
    }),
  );
  return svgDocument(
    margins.left + width + margins.right,
    margins.top + height + margins.bottom,
    title,
    [
      label(title, margins.left + width / 2, 24, { 'text-anchor': 'middle', 'font-weight': 600 }),
      ...ticks.values.map((value) => tick(value, toY(value), width)),
      ...bars,
      ...(counts.length <= readableClasses ? counts.map((_, k) => barName(names[k] ?? String(k), k, bar)) : []),
      element('rect', { x: margins.left, y: margins.top, width, height, fill: 'none', stroke: inkColour }),
      sideTitle('labels', 18, margins.top + height / 2),
      label('class', margins.left + width / 2, margins.top + height + margins.bottom - 14, { 'text-anchor': 'middle' }),
    ].join('\n'),
  );
}

function tick(value: number, y: number, width: number): string {
  return (
    element('line', { x1: margins.left, x2: margins.left + width, y1: y, y2: y, stroke: paleColour }) +
    label(String(value), margins.left - 6, y + 4, { 'text-anchor': 'end', 'font-size': 11 })
  );
}

function barName(name: string, k: number, bar: number): string {
  const x = margins.left + k * bar + bar / 2;
  const y = margins.top + height + 14;
  const turn = `rotate(-45 ${shortNumber(x)} ${shortNumber(y)})`;
  return label(shortened(name), x, y, { 'text-anchor': 'end', 'font-size': 11, transform: turn });
}
