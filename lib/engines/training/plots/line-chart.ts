import { axisTicks } from '@/lib/engines/training/plots/axis-ticks';
import { element, inkColour, label, paleColour, shortNumber } from '@/lib/engines/training/plots/svg';

export type Series = {
  /** In the legend; null for a line that needs no name. */
  readonly name: string | null;
  readonly xs: ArrayLike<number>;
  /** As long as `xs`; what is no finite number leaves a gap. */
  readonly ys: ArrayLike<number>;
  readonly colour: string;
  readonly width: number;
  readonly dashes?: string;
};

export type LineChart = {
  readonly title: string;
  readonly xTitle: string;
  readonly yTitle: string;
  /** Ends of the axes; where they are left out, what the lines need. */
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
  readonly series: readonly Series[];
};

/** Where a chart stands in a drawing, in pixels. */
export type PlotBox = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Room around the plotted area for titles and numbers. */
const margins = { left: 58, right: 14, top: 30, bottom: 44 } as const;

/** A chart of lines with titled axes; a legend at its right where lines have names. */
export function lineChart(chart: LineChart, box: PlotBox): string {
  const named = chart.series.filter(({ name }) => name !== null);
  const legendWidth = named.length > 0 ? 170 : 0;
  const area: PlotBox = {
    x: box.x + margins.left,
    y: box.y + margins.top,
    width: box.width - margins.left - margins.right - legendWidth,
    height: box.height - margins.top - margins.bottom,
  };
  const xTicks = axisTicks(...(chart.xRange ?? rangeOf(chart.series.map(({ xs }) => xs))));
  const yTicks = axisTicks(...(chart.yRange ?? rangeOf(chart.series.map(({ ys }) => ys))));
  const toX = (value: number): number => area.x + ((value - xTicks.low) / (xTicks.high - xTicks.low)) * area.width;
  const toY = (value: number): number => area.y + (1 - (value - yTicks.low) / (yTicks.high - yTicks.low)) * area.height;
  return [
    label(chart.title, area.x + area.width / 2, box.y + 18, { 'text-anchor': 'middle', 'font-weight': 600 }),
    ...xTicks.values.map((value) => verticalTick(toX(value), area, value)),
    ...yTicks.values.map((value) => horizontalTick(toY(value), area, value)),
    element('rect', { x: area.x, y: area.y, width: area.width, height: area.height, fill: 'none', stroke: inkColour }),
    label(chart.xTitle, area.x + area.width / 2, area.y + area.height + 36, { 'text-anchor': 'middle' }),
    sideTitle(chart.yTitle, box.x + 14, area.y + area.height / 2),
    ...chart.series.map((series) => line(series, toX, toY)),
    ...named.map((series, k) => legendEntry(series, area.x + area.width + 14, area.y + 10 + k * 18)),
  ].join('\n');
}

/** A title that runs upwards along an axis. */
export function sideTitle(text: string, x: number, y: number): string {
  return label(text, x, y, { 'text-anchor': 'middle', transform: `rotate(-90 ${shortNumber(x)} ${shortNumber(y)})` });
}

function verticalTick(x: number, { y, height }: PlotBox, value: number): string {
  return (
    element('line', { x1: x, x2: x, y1: y, y2: y + height, stroke: paleColour, 'stroke-width': 0.6 }) +
    label(tickText(value), x, y + height + 17, { 'text-anchor': 'middle', 'font-size': 11 })
  );
}

function horizontalTick(y: number, { x, width }: PlotBox, value: number): string {
  return (
    element('line', { x1: x, x2: x + width, y1: y, y2: y, stroke: paleColour, 'stroke-width': 0.6 }) +
    label(tickText(value), x - 6, y + 4, { 'text-anchor': 'end', 'font-size': 11 })
  );
}

function tickText(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(0) : String(value);
}

function legendEntry({ name, colour, width, dashes }: Series, x: number, y: number): string {
  const stroke = {
    stroke: colour,
    'stroke-width': Math.max(width, 2),
    ...(dashes ? { 'stroke-dasharray': dashes } : {}),
  };
  return (
    element('line', { x1: x, x2: x + 18, y1: y, y2: y, ...stroke }) +
    label(name ?? '', x + 24, y + 4, { 'font-size': 11 })
  );
}

const longestName = 24;

/** Names of classes can be of any length. */
export function shortened(name: string, longest = longestName): string {
  const signs = [...name];
  return signs.length <= longest ? name : `${signs.slice(0, longest - 1).join('')}…`;
}

/** A path for each stretch without a gap; a value with a gap on either side is a dot. */
function line(
  { xs, ys, colour, width, dashes }: Series,
  toX: (x: number) => number,
  toY: (y: number) => number,
): string {
  const stretches: string[][] = [[]];
  for (let k = 0; k < xs.length; k++) {
    if (!Number.isFinite(ys[k])) stretches.push([]);
    else stretches.at(-1)?.push(`${shortNumber(toX(xs[k]))} ${shortNumber(toY(ys[k]))}`);
  }
  const stroke = { stroke: colour, 'stroke-width': width, 'stroke-linejoin': 'round', fill: 'none' };
  const dots = { ...stroke, 'stroke-width': 3 * width, 'stroke-linecap': 'round' };
  return stretches
    .filter((points) => points.length > 0)
    .map((points) =>
      points.length === 1
        ? element('path', { d: `M${points[0]}h0`, ...dots })
        : element('path', { d: `M${points.join('L')}`, ...stroke, ...(dashes ? { 'stroke-dasharray': dashes } : {}) }),
    )
    .join('');
}

function rangeOf(lists: readonly ArrayLike<number>[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of lists) {
    for (let k = 0; k < values.length; k++) {
      if (!Number.isFinite(values[k])) continue;
      low = Math.min(low, values[k]);
      high = Math.max(high, values[k]);
    }
  }
  return low <= high ? [low, high] : [0, 1];
}
