'use client';

import { Play, Square } from 'lucide-react';
import { useTrain, useTrainActions } from '@/components/train/session/session-context';
import { isBusy, labelledImages } from '@/components/train/session/train-state';
import { Button } from '@/components/ui/button';

/** Starts the run, or stops the one under way. */
export function StartButton() {
  const { startRun, stopRun } = useTrainActions();
  const isRunning = useTrain(isBusy);
  const isStopping = useTrain((state) => state.run.kind === 'running' && state.run.isStopping);
  const count = useTrain((state) => labelledImages(state).length);
  if (isRunning) {
    return (
      <Button onClick={stopRun} disabled={isStopping}>
        <Square size={13} aria-hidden />
        Stop
      </Button>
    );
  }
  return (
    <div className="grid gap-1">
      <Button variant="primary" onClick={() => void startRun()}>
        <Play size={13} aria-hidden />
        Start training
      </Button>
      {count === 0 && <p className="text-2xs text-muted">Label at least one picture first.</p>}
    </div>
  );
}
