'use client';

import { useMemo } from 'react';
import { chartLines } from '@/components/train/panels/chart-lines';
import { useTrain } from '@/components/train/session/session-context';
import { classNames } from '@/components/ui/class-names';

const size = { width: 280, height: 96 };

/** In the order of the losses. Colour is not alone: dashes tell the lines apart, names and values stand beneath. */
const strokes = [
  { className: 'stroke-accent', dashes: undefined },
  { className: 'stroke-warn', dashes: '6 3' },
  { className: 'stroke-good', dashes: '2 3' },
  { className: 'stroke-bad', dashes: '8 3 2 3' },
  { className: 'stroke-line-strong', dashes: '1 2' },
] as const;

/** The losses of each step, as they come in. */
export function LossChart() {
  const points = useTrain((state) => state.record.points);
  const steps = useTrain((state) =>
    state.run.kind === 'running' ? state.run.progress.epochs * state.run.progress.iterationsPerEpoch : 0,
  );
  const { lines, top, lastStep } = useMemo(() => chartLines(points, { ...size, steps }), [points, steps]);
  if (lines.length === 0) return null;
  return (
    <figure className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <figcaption className="flex justify-between text-2xs text-muted">
        <span className="font-medium text-strong text-xs">Loss</span>
        <span>step {lastStep}</span>
      </figcaption>
      <div className="flex gap-1.5">
        <div aria-hidden className="flex w-6 flex-col justify-between text-right text-2xs text-muted">
          <span>{top}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 -1 ${size.width} ${size.height + 2}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={lines
            .map(({ name, first, last }) => `${words(name)} from ${figure(first)} to ${figure(last)}`)
            .join(', ')}
          className="h-24 min-w-0 flex-1 rounded-chip border bg-raised"
        >
          <path d={`M0 ${size.height / 2}H${size.width}`} vectorEffect="non-scaling-stroke" className="stroke-line" />
          {lines.map(({ name, path }, index) => (
            <path
              key={name}
              d={path}
              vectorEffect="non-scaling-stroke"
              strokeDasharray={strokeOf(index).dashes}
              className={classNames('fill-none stroke-[1.5]', strokeOf(index).className)}
            />
          ))}
        </svg>
      </div>
      <table className="w-full text-2xs">
        <caption className="sr-only">Losses at the first and the last step</caption>
        <thead className="text-muted">
          <tr>
            <th scope="col" className="text-left font-normal">
              Part
            </th>
            <th scope="col" className="text-right font-normal">
              first
            </th>
            <th scope="col" className="text-right font-normal">
              now
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, first, last }, index) => (
            <tr key={name} data-loss={name}>
              <th scope="row" className="flex items-center gap-1.5 font-normal text-body">
                <svg viewBox="0 0 16 2" aria-hidden="true" className="h-0.5 w-4">
                  <path
                    d="M0 1H16"
                    strokeDasharray={strokeOf(index).dashes}
                    className={classNames('stroke-2', strokeOf(index).className)}
                  />
                </svg>
                {words(name)}
              </th>
              <td className="text-right text-muted">{figure(first)}</td>
              <td className="text-right text-strong">{figure(last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function strokeOf(index: number): (typeof strokes)[number] {
  return strokes[index % strokes.length];
}

/** `box_loss` is the box’s. */
function words(name: string): string {
  return name.replace(/_loss$/, '').replaceAll('_', ' ');
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(3);
}
