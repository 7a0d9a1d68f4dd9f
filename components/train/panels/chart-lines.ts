import type { LossPoint } from '@/components/train/session/train-state';

type ChartLine = {
  readonly name: string;
  /** `M x y L x y …` in the chart's own units. */
  readonly path: string;
  readonly first: number;
  readonly last: number;
};

export type Chart = {
  readonly lines: readonly ChartLine[];
  /** Of the vertical axis, which begins at 0. */
  readonly top: number;
  readonly lastStep: number;
};

/** More points than this are not seen on a chart of a few hundred pixels. */
const mostPoints = 240;

/** Lines of all losses on one scale, within a chart of this size. Points that are no numbers are left out. */
export function chartLines(
  points: readonly LossPoint[],
  { width, height, steps }: { readonly width: number; readonly height: number; readonly steps: number },
): Chart {
  const thinned = thin(points);
  const names = [...new Set(thinned.flatMap(({ losses }) => Object.keys(losses)))];
  const values = thinned.flatMap(({ losses }) => Object.values(losses)).filter(Number.isFinite);
  const top = niceCeiling(Math.max(0, ...values));
  const lastStep = points.at(-1)?.step ?? 0;
  const end = Math.max(steps, lastStep, 1);
  const lines = names.map((name): ChartLine => {
    const own = thinned.flatMap(({ step, losses }) => {
      const value = losses[name];
      return value !== undefined && Number.isFinite(value) ? [{ step, value }] : [];
    });
    const at = ({ step, value }: { step: number; value: number }) =>
      `${((step / end) * width).toFixed(1)} ${(height - (value / top) * height).toFixed(1)}`;
    const path = own.map((point, index) => `${index === 0 ? 'M' : 'L'}${at(point)}`).join('');
    return { name, path, first: own[0]?.value ?? 0, last: own.at(-1)?.value ?? 0 };
  });
  return { lines, top, lastStep };
}

/** Every so many points, and always the last one, which is told beside the chart. */
function thin(points: readonly LossPoint[]): readonly LossPoint[] {
  const stride = Math.ceil(points.length / mostPoints);
  return stride <= 1 ? points : points.filter((_, index) => index % stride === 0 || index === points.length - 1);
}

/** The next of 1, 2, 5 times a power of ten. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10);
}
