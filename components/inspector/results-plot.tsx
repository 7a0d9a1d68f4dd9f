import { formatValue, linePath, type ResultsPlot, rangeOf } from '@/components/inspector/results-series';
import { classNames } from '@/components/ui/class-names';

const size = { width: 160, height: 44 };

/** Validation, the one that counts, is the accent; colour is not alone: each line's name and last value stand beneath. */
const strokes: Readonly<Record<string, string>> = { train: 'stroke-line-strong' };

/** One measure over the epochs of a training. */
export function ResultsPlotFigure({ plot }: { readonly plot: ResultsPlot }) {
  const range = rangeOf(plot);
  const epochs = Math.max(...plot.series.map(({ values }) => values.length));
  return (
    <figure className="grid min-w-0 content-start gap-1 rounded-control border bg-raised p-2">
      <figcaption className="truncate font-medium text-2xs text-strong" title={plot.title}>
        {plot.title}
      </figcaption>
      <svg
        viewBox={`-2 -2 ${size.width + 4} ${size.height + 4}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${plot.title} over ${epochs} epochs, from ${formatValue(range[0])} to ${formatValue(range[1])}`}
        className="h-12 w-full"
      >
        {plot.series.map((series) => (
          <path
            key={series.name}
            d={linePath(series, range, size)}
            vectorEffect="non-scaling-stroke"
            className={classNames('fill-none stroke-[1.5]', strokes[series.name] ?? 'stroke-accent')}
          />
        ))}
      </svg>
      <p className="flex flex-wrap gap-x-3 text-2xs text-muted">
        {plot.series.map(({ name, values }) => {
          const last = values.findLast((value) => value !== null);
          return (
            <span key={name} className="flex items-center gap-1">
              {plot.series.length > 1 && (
                <svg viewBox="0 0 10 2" aria-hidden="true" className="h-0.5 w-2.5">
                  <path d="M0 1H10" className={classNames('stroke-2', strokes[name] ?? 'stroke-accent')} />
                </svg>
              )}
              {plot.series.length > 1 ? name : 'last'}
              <span className="text-body">{last === undefined || last === null ? '–' : formatValue(last)}</span>
            </span>
          );
        })}
      </p>
    </figure>
  );
}
