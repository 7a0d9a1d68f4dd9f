'use client';

import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import type { StageControls } from '@/components/stage/stage-controls';
import { useTest, useTestActions } from '@/components/test/session/session-context';
import { summariseResult } from '@/components/test/session/summarise-result';
import { EmptyState } from '@/components/test/stage-area/empty-state';
import { probeAt } from '@/components/test/stage-area/probe-at';
import { StageFault } from '@/components/test/stage-area/stage-fault';
import { StageToolbar } from '@/components/test/stage-area/stage-toolbar';
import { VideoBar } from '@/components/test/stage-area/video-bar';

const ImageStage = dynamic(() => import('@/components/stage/image-stage').then((module) => module.ImageStage), {
  ssr: false,
  loading: () => <div className="h-full bg-canvas" />,
});

/** The picture and what acts on it; before there is one, what to do. */
export function StagePane({ controls }: { readonly controls: StageControls }) {
  const isEmpty = useTest((state) => state.images.length === 0 && state.live.kind === 'off');
  return (
    <section aria-label="Stage" className="flex min-h-0 min-w-0 flex-1 flex-col">
      <StageToolbar controls={controls} />
      <div className="relative min-h-0 flex-1 bg-canvas">
        {isEmpty ? <EmptyState /> : <Picture controls={controls} />}
        <ComparedNames />
        <StageFault />
      </div>
      <VideoBar />
    </section>
  );
}

/** Which model speaks on which side. */
function ComparedNames() {
  const first = useTest((state) => state.models.find(({ key }) => key === state.activeModelKey)?.name);
  const second = useTest((state) => state.models.find(({ key }) => key === state.compareModelKey)?.name);
  if (!first || !second) return null;
  const chip =
    'max-w-[45%] truncate rounded-chip bg-[oklch(0.15_0.005_260/0.85)] px-1.5 py-0.5 text-2xs text-canvas-text';
  return (
    <div className="pointer-events-none absolute inset-x-2 top-2 flex justify-between gap-2">
      <span className={chip}>{first}</span>
      <span className={chip}>{second}</span>
    </div>
  );
}

function Picture({ controls }: { readonly controls: StageControls }) {
  const { setView } = useTestActions();
  const { name, bitmap, primary, secondary } = useTest((state) => state.shown);
  const showOverlays = useTest((state) => state.showOverlays);
  const showLabels = useTest((state) => state.showLabels);
  const showMasks = useTest((state) => state.showMasks);
  const maskOpacity = useTest((state) => state.maskOpacity);
  const hiddenClasses = useTest((state) => state.hiddenClasses);
  const classColours = useTest((state) => state.classColours);
  const hovered = useTest((state) => state.hoveredDetection);
  const selected = useTest((state) => state.selectedDetection);
  const isComparing = useTest((state) => state.compareModelKey !== null);
  const mode = useTest((state) => state.compareMode);
  const [position, onPositionChange] = useState(0.5);
  const style = useMemo(
    () => ({
      showBoxes: showOverlays,
      showLabels: showOverlays && showLabels,
      showMasks: showOverlays && showMasks,
      showKeypoints: showOverlays,
      maskOpacity,
      hiddenClasses,
      classColours,
    }),
    [showOverlays, showLabels, showMasks, maskOpacity, hiddenClasses, classColours],
  );
  const result = primary?.result ?? null;
  const words = result ? summariseResult(result).text : 'no result yet';
  return (
    <ImageStage
      controls={controls}
      bitmap={bitmap}
      result={result}
      style={style}
      hovered={hovered}
      selected={selected}
      onHover={(hoveredDetection) => setView({ hoveredDetection })}
      onSelect={(selectedDetection) => setView({ selectedDetection })}
      onPoint={(point) => setView({ probe: point && result ? probeAt(result, point) : null })}
      onDraw={(drawMilliseconds) => setView({ drawMilliseconds })}
      label={`${name}: ${words}`}
      compare={isComparing ? { result: secondary?.result ?? null, mode, position, onPositionChange } : undefined}
    />
  );
}
