import { smoothed } from '@/lib/engines/training/evaluation/smoothed';
import type { EpochRow, NamedNumbers } from '@/lib/engines/training/loop/epoch-row';
import { type LineChart, lineChart } from '@/lib/engines/training/plots/line-chart';
import { plotColour } from '@/lib/engines/training/plots/plot-colours';
import { paleColour, svgDocument } from '@/lib/engines/training/plots/svg';

const panel = { width: 320, height: 240 } as const;
const mostColumns = 4;

/** Share of all epochs that a losses’ trend is taken over. */
const trendShare = 0.1;

/** Losses and metrics over the epochs, one chart each: as they were, and their trend. Null before the first epoch. */
export function resultsPlot(rows: readonly EpochRow[]): string | null {
  const epochs = rows.map(({ epoch }) => epoch);
  const charts = [
    ...chartsOf(
      'train',
      epochs,
      rows.map((row) => row.train),
    ),
    ...chartsOf(
      'metrics',
      epochs,
      rows.map((row) => row.metrics),
    ),
    ...chartsOf(
      'val',
      epochs,
      rows.map((row) => row.val),
    ),
  ];
  if (charts.length === 0) return null;
  const columns = Math.min(mostColumns, charts.length);
  const drawn = charts.map((chart, k) =>
    lineChart(chart, { x: (k % columns) * panel.width, y: Math.floor(k / columns) * panel.height, ...panel }),
  );
  const height = Math.ceil(charts.length / columns) * panel.height;
  return svgDocument(columns * panel.width, height, 'Losses and metrics over the epochs', drawn.join('\n'));
}

function chartsOf(group: string, epochs: readonly number[], records: readonly (NamedNumbers | null)[]): LineChart[] {
  const names = [...new Set(records.flatMap((record) => Object.keys(record ?? {})))];
  return names.map((name) => {
    const ys = Float64Array.from(records, (record) => record?.[name] ?? Number.NaN);
    const isWhole = ys.every(Number.isFinite) && ys.length > 2;
    const trend = {
      name: null,
      xs: epochs,
      ys: isWhole ? smoothed(ys, trendShare) : ys,
      colour: plotColour(0),
      width: 2,
    };
    return {
      title: `${group}/${name}`,
      xTitle: 'epoch',
      yTitle: name,
      series: isWhole ? [{ ...trend, ys, colour: paleColour, width: 1.5 }, trend] : [trend],
      ...(group === 'metrics' ? { yRange: [0, 1] as const } : {}),
    };
  });
}
