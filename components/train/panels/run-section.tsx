'use client';

import { Info } from 'lucide-react';
import { LossChart } from '@/components/train/panels/loss-chart';
import { OutcomeSection } from '@/components/train/panels/outcome-section';
import { StartButton } from '@/components/train/panels/start-button';
import { useTrain } from '@/components/train/session/session-context';
import type { Progress } from '@/components/train/session/train-state';
import { FaultNote } from '@/components/ui/fault-note';
import { formatBytes, formatTimeLeft } from '@/components/ui/format';

/** Start and stop, how far it is, how the losses fall, and what came of it. */
export function RunSection() {
  const run = useTrain((state) => state.run);
  const notices = useTrain((state) => state.record.notices);
  return (
    <section aria-label="Run" className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t p-3">
      <StartButton />
      {run.kind === 'preparing' && <Preparing words={run.words} />}
      {run.kind === 'running' && <Running progress={run.progress} isStopping={run.isStopping} />}
      {run.kind === 'failed' && <FaultNote {...run.fault} />}
      {run.kind === 'ended' && run.outcome.fault && <FaultNote {...run.outcome.fault} />}
      {run.kind === 'ended' && run.outcome.epoch === 0 && run.outcome.fault === null && (
        <p className="text-muted text-xs">Stopped before the first epoch was over: there is nothing to keep yet.</p>
      )}
      <LossChart />
      <Measures />
      {notices.map((text) => (
        <p key={text} className="flex gap-1.5 text-2xs text-muted">
          <Info size={13} aria-hidden className="shrink-0" />
          {text}
        </p>
      ))}
      <OutcomeSection />
    </section>
  );
}

function Preparing({ words }: { readonly words: string }) {
  const download = useTrain((state) => state.download);
  return (
    <div role="status" className="grid gap-1 text-muted text-xs">
      <progress
        aria-label="Preparing"
        className="progress h-1 w-full"
        max={download?.totalBytes ?? undefined}
        value={download?.totalBytes ? download.loadedBytes : undefined}
      />
      {download ? `Loading the runtime, ${formatBytes(download.loadedBytes)}` : `${words}…`}
    </div>
  );
}

function Running({ progress, isStopping }: { readonly progress: Progress; readonly isStopping: boolean }) {
  const { epoch, epochs, iteration, iterationsPerEpoch, imagesPerSecond, secondsLeft } = progress;
  const done = Math.max(0, epoch - 1) * iterationsPerEpoch + iteration;
  return (
    <div className="grid gap-1 text-xs">
      <progress
        aria-label="Progress of the training"
        className="progress h-1 w-full"
        max={epochs * iterationsPerEpoch}
        value={done}
      />
      <p className="flex justify-between gap-2 text-muted">
        <span className="text-strong">
          Epoch {Math.max(1, epoch)} of {epochs}
        </span>
        <span>
          {isStopping
            ? 'Stopping after this step…'
            : imagesPerSecond !== null && secondsLeft !== null
              ? `${imagesPerSecond.toFixed(1)} img/s · ${formatTimeLeft(secondsLeft * 1000)} left`
              : 'First step…'}
        </span>
      </p>
    </div>
  );
}

/** The figure people know: of the newest epoch that was measured, and in the end of the epoch whose weights are kept. */
function Measures() {
  const rows = useTrain((state) => state.record.rows);
  const isHeldOut = useTrain((state) => state.record.isHeldOut);
  const valCount = useTrain((state) => state.record.valCount);
  const keptEpoch = useTrain((state) => (state.run.kind === 'ended' ? state.run.outcome.epoch : null));
  const measured = rows.filter(({ metrics }) => metrics !== null);
  const row = measured.find(({ epoch }) => epoch === keptEpoch) ?? measured.at(-1);
  if (!row?.metrics) return null;
  const shown = Object.entries(row.metrics).filter(([name]) => /mAP|accuracy/.test(name));
  return (
    <div className="grid gap-1 rounded-control border bg-raised p-2">
      <dl className="flex flex-wrap gap-x-4 gap-y-1">
        {shown.map(([name, value]) => (
          <div key={name} className="grid">
            <dt className="text-2xs text-muted">{metricWords(name)}</dt>
            <dd className="font-semibold text-md text-strong">{value.toFixed(3)}</dd>
          </div>
        ))}
      </dl>
      <p className="text-2xs text-muted">
        Epoch {row.epoch}, on{' '}
        {isHeldOut
          ? `${valCount} pictures that were not trained on.`
          : 'the pictures it was trained on: how it does on others is not known.'}
      </p>
    </div>
  );
}

/** `mAP50(B)` is said of boxes, `(M)` of masks, `(P)` of poses. */
function metricWords(name: string): string {
  const kinds: Readonly<Record<string, string>> = { B: 'boxes', M: 'masks', P: 'keypoints' };
  const [, measure, letter] = /^(.*)\(([BMP])\)$/.exec(name) ?? [];
  if (measure !== undefined && letter !== undefined) return `${measure}, ${kinds[letter]}`;
  return name.replace('accuracy_top', 'top-');
}
