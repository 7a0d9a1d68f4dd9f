import type { JsonRecord } from '@/lib/engines/model-files/checkpoint/json-of-value';

/** One line of a plot: a value for each epoch, null where training had none. */
export type Series = { readonly name: string; readonly values: readonly (number | null)[] };

/** What belongs together: the loss of training and of validation, or one measure by itself. */
export type ResultsPlot = { readonly title: string; readonly series: readonly Series[] };

/** Columns that count or time the epochs, or repeat what the arguments say. */
const uninteresting = /^(epoch|time|lr\/.*)$/;

/** A training has some twenty columns; what claims more is not looked through by eye. */
const mostPlots = 40;

/** The plots of results.csv's columns, in its order. Columns without two numbers say nothing over time and are left out. */
export function resultsPlots(results: JsonRecord): ResultsPlot[] {
  const plots = new Map<string, Series[]>();
  for (const [column, cells] of Object.entries(results)) {
    if (plots.size >= mostPlots) break;
    const name = column.trim();
    const values = Array.isArray(cells) ? cells.map(numberOrNull) : [];
    if (uninteresting.test(name) || values.filter((value) => value !== null).length < 2) continue;
    const loss = /^(train|val)\/(.+)$/.exec(name);
    const title = loss?.[2] ?? name.replace(/^metrics\//, '');
    plots.set(title, [...(plots.get(title) ?? []), { name: loss?.[1] ?? title, values }]);
  }
  return [...plots].map(([title, series]) => ({ title, series }));
}

/** Numbers that JSON lacks, as a loss that ran away, come as text. */
function numberOrNull(cell: JsonRecord[string]): number | null {
  return typeof cell === 'number' && Number.isFinite(cell) ? cell : null;
}

/** The extent of all values of a plot; a little room around a line that never moves. */
export function rangeOf({ series }: ResultsPlot): readonly [least: number, most: number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const { values } of series) {
    for (const value of values) {
      if (value === null) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return least === most ? [least - 0.5, most + 0.5] : [least, most];
}

/** A line through the values as an SVG path over `width` × `height`, broken where a value is missing. */
export function linePath(
  { values }: Series,
  [least, most]: readonly [number, number],
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const step = width / Math.max(1, values.length - 1);
  let path = '';
  let isDown = false;
  for (const [epoch, value] of values.entries()) {
    if (value !== null) {
      const y = height - ((value - least) / (most - least)) * height;
      path += `${isDown ? 'L' : 'M'}${rounded(epoch * step)} ${rounded(y)}`;
    }
    isDown = value !== null;
  }
  return path;
}

function rounded(length: number): string {
  return String(Number(length.toFixed(2)));
}

/** A value as a table of results shows it: four digits that say something. */
export function formatValue(value: number): string {
  return String(Number(value.toPrecision(4)));
}
