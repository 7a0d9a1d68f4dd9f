'use client';

import { ImagePlus, Pause, Play, StepBack, StepForward } from 'lucide-react';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { Button } from '@/components/ui/button';
import { formatTimecode } from '@/components/ui/format';

/** Plays a video, steps through its frames and keeps one of them as an image. */
export function VideoBar() {
  const actions = useTestActions();
  const live = useTest((state) => state.live);
  if (live.kind !== 'video') return null;
  const { playing, timeSeconds, durationSeconds, framesPerSecond } = live;
  return (
    <section className="flex h-10 shrink-0 items-center gap-1 border-t bg-base px-2 touch:h-14" aria-label="Video">
      <Button
        variant="ghost"
        size="icon"
        aria-label="Previous frame"
        data-tip="Previous frame"
        onClick={() => actions.stepFrame(-1)}
      >
        <StepBack size={15} aria-hidden />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label={playing ? 'Pause' : 'Play'}
        data-tip={playing ? 'Pause' : 'Play'}
        onClick={() => void actions.togglePlaying()}
      >
        {playing ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Next frame"
        data-tip="Next frame"
        onClick={() => actions.stepFrame(1)}
      >
        <StepForward size={15} aria-hidden />
      </Button>
      <input
        type="range"
        aria-label="Position"
        aria-valuetext={formatTimecode(timeSeconds)}
        min={0}
        max={durationSeconds}
        step={0.01}
        value={timeSeconds}
        onChange={(event) => actions.seek(event.currentTarget.valueAsNumber)}
        style={{ ['--fill' as string]: `${(timeSeconds / Math.max(durationSeconds, 0.01)) * 100}%` }}
        className="range mx-2 min-w-0 flex-1"
      />
      <span className="whitespace-nowrap text-muted text-xs">
        <span className="text-strong">{formatTimecode(timeSeconds)}</span> / {formatTimecode(durationSeconds)}
      </span>
      {framesPerSecond !== null && (
        <span className="w-16 text-right text-body text-xs">{framesPerSecond.toFixed(1)} fps</span>
      )}
      <Button
        variant="ghost"
        size="icon"
        aria-label="Keep this frame as an image"
        data-tip="Keep this frame as an image"
        onClick={() => void actions.keepFrame()}
      >
        <ImagePlus size={15} aria-hidden />
      </Button>
    </section>
  );
}
