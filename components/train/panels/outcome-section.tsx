'use client';

import { Download, ScanEye } from 'lucide-react';
import Link from 'next/link';
import { downloadBlob } from '@/components/test/take-away/download-blob';
import { useTrain } from '@/components/train/session/session-context';
import type { TrainRun, TunedModel } from '@/components/train/session/train-state';
import { Button, buttonClass } from '@/components/ui/button';
import { formatBytes } from '@/components/ui/format';

/** What a run made: what it is, and what can be done with it. */
export function OutcomeSection() {
  const run = useTrain((state) => state.run);
  const tuned = useTrain((state) => state.tuned);
  if (!tuned?.isFinal) return null;
  return (
    <div className="grid gap-2 rounded-control bg-accent-soft p-2">
      <div className="grid">
        <p className="truncate font-medium text-strong text-xs" title={tuned.name}>
          {tuned.name}
        </p>
        <p className="text-2xs text-muted">{outcomeWords(run, tuned)}</p>
      </div>
      <div className="flex flex-wrap gap-1.5">
        <Button variant="primary" onClick={() => downloadBlob(tuned.file, tuned.name)}>
          <Download size={14} aria-hidden />
          Save ONNX
        </Button>
        <Link href="/test" className={buttonClass('secondary', 'medium')}>
          <ScanEye size={14} aria-hidden />
          Use on the Test tab
        </Link>
      </div>
    </div>
  );
}

function outcomeWords(run: TrainRun, { epoch, file }: TunedModel): string {
  const size = formatBytes(file.size);
  if (run.kind !== 'ended') return `${size} · from your last training on this machine, epoch ${epoch}`;
  const seconds = Math.round(run.outcome.seconds);
  const took = seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  switch (run.outcome.reason) {
    case 'completed':
      return `${size} · trained in ${took}, the weights of epoch ${epoch}`;
    case 'cancelled':
      return `${size} · stopped after ${took}, the weights of epoch ${epoch}`;
    case 'patience':
      return `${size} · it learnt nothing new; the weights of epoch ${epoch}, ${took}`;
    case 'diverged':
      return `${size} · the last good weights, of epoch ${epoch}`;
  }
}
