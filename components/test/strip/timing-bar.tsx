import { formatMilliseconds } from '@/components/ui/format';

export type StepTimes = {
  readonly decode: number;
  readonly letterbox: number;
  readonly inference: number;
  readonly postprocess: number;
  readonly draw: number;
};

const steps = [
  { key: 'decode', label: 'decode', colour: 'var(--step-decode)' },
  { key: 'letterbox', label: 'letterbox', colour: 'var(--step-letterbox)' },
  { key: 'inference', label: 'inference', colour: 'var(--step-inference)' },
  { key: 'postprocess', label: 'post-process', colour: 'var(--step-postprocess)' },
  { key: 'draw', label: 'draw', colour: 'var(--step-draw)' },
] as const;

/** One prediction's time as a bar of its steps, with their numbers. */
export function TimingBar({ steps: times }: { readonly steps: StepTimes }) {
  const total = steps.reduce((sum, { key }) => sum + times[key], 0);
  return (
    <div className="flex items-center gap-3">
      <span aria-hidden className="flex h-1.5 w-24 gap-px overflow-hidden rounded-full sm:w-36">
        {steps.map(({ key, colour }) => (
          <span key={key} style={{ background: colour, flexGrow: Math.max(times[key], total * 0.01), flexBasis: 0 }} />
        ))}
      </span>
      <span className="font-medium text-strong">{formatMilliseconds(total)}</span>
      <dl className="flex items-center gap-3">
        {steps.map(({ key, label, colour }) => (
          <div key={key} className="flex items-center gap-1">
            <span aria-hidden className="size-1.5 rounded-[2px]" style={{ background: colour }} />
            <dd className="text-body">{formatMilliseconds(times[key])}</dd>
            <dt>{label}</dt>
          </div>
        ))}
      </dl>
    </div>
  );
}
