'use client';

import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import type { StageControls } from '@/components/stage/stage-controls';
import { summariseResult } from '@/components/test/session/summarise-result';
import { boxOfLabel } from '@/components/train/document/box-geometry';
import { objectsOf } from '@/components/train/document/train-document';
import { useTrain, useTrainActions } from '@/components/train/session/session-context';
import { selectedImage, taskOf } from '@/components/train/session/train-state';
import { DraftBar } from '@/components/train/stage/draft-bar';
import type { ShownLabel } from '@/components/train/stage/label-layer';
import { TrainEmptyState } from '@/components/train/stage/train-empty-state';
import { TrainToolbar } from '@/components/train/stage/train-toolbar';
import { FaultNote } from '@/components/ui/fault-note';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

const loading = () => <div className="h-full bg-canvas" />;
const LabelStage = dynamic(() => import('@/components/train/stage/label-stage').then((module) => module.LabelStage), {
  ssr: false,
  loading,
});
const ImageStage = dynamic(() => import('@/components/stage/image-stage').then((module) => module.ImageStage), {
  ssr: false,
  loading,
});

/** The picture with its labels, or with what the weights before and after say of it. */
export function TrainStage({ controls }: { readonly controls: StageControls }) {
  const isEmpty = useTrain((state) => state.images.length === 0);
  const view = useTrain((state) => state.view);
  const fault = useTrain((state) => state.inputFault ?? selectedImage(state)?.fault ?? state.comparison.fault);
  return (
    <section aria-label="Stage" className="flex min-h-0 min-w-0 flex-1 flex-col">
      <TrainToolbar controls={controls} />
      <DraftBar />
      <div className="relative min-h-0 flex-1 bg-canvas">
        {isEmpty && <TrainEmptyState />}
        {!isEmpty && (view === 'label' ? <Labels controls={controls} /> : <Compared controls={controls} />)}
        {fault && (
          <div className="absolute inset-x-2 bottom-2 mx-auto max-w-[560px] rounded-control bg-overlay shadow-float">
            <FaultNote {...fault} />
          </div>
        )}
      </div>
    </section>
  );
}

function Labels({ controls }: { readonly controls: StageControls }) {
  const { selectLabel, addBox, setBox } = useTrainActions();
  const shown = useTrain((state) => state.shown);
  const name = useTrain((state) => selectedImage(state)?.name ?? '');
  const objects = useTrain((state) => objectsOf(state.history.present, state.selectedImageId));
  const names = useTrain((state) => state.history.present.names);
  const selectedId = useTrain((state) => state.selectedLabelId);
  const drawnClass = useTrain((state) => state.drawnClass);
  const canDraw = useTrain((state) => taskOf(state) === 'detect');
  const selectedImageId = useTrain((state) => state.selectedImageId);
  // The picture that was looked at before must not carry the labels of the next one.
  const bitmap = shown?.imageId === selectedImageId ? shown.bitmap : null;
  const labels = useMemo(
    () =>
      bitmap
        ? objects.map((label): ShownLabel => {
            const { id, classId, outline, keypoints } = label;
            return {
              id,
              classId,
              name: names[classId] ?? `class${classId}`,
              box: boxOfLabel(label, bitmap),
              outline: outline?.map((value, k) => value * (k % 2 === 0 ? bitmap.width : bitmap.height)) ?? null,
              keypoints: keypoints?.map((value, k) => value * [bitmap.width, bitmap.height, 1][k % 3]) ?? null,
            };
          })
        : [],
    [objects, names, bitmap],
  );
  return (
    <LabelStage
      controls={controls}
      bitmap={bitmap}
      labels={labels}
      selectedId={selectedId}
      drawnClass={drawnClass}
      canDraw={canDraw}
      label={`${name}: ${labels.length === 1 ? '1 label' : `${labels.length} labels`}`}
      onSelect={selectLabel}
      onDraw={addBox}
      onChange={setBox}
    />
  );
}

const overlayStyle = {
  showBoxes: true,
  showLabels: true,
  showMasks: true,
  showKeypoints: true,
  maskOpacity: 0.45,
  hiddenClasses: new Set<number>(),
  classColours: new Map<number, string>(),
};

function Compared({ controls }: { readonly controls: StageControls }) {
  const shown = useTrain((state) => state.shown);
  const { before, after } = useTrain((state) => state.comparison);
  const name = useTrain((state) => selectedImage(state)?.name ?? '');
  const modelName = useTrain((state) => (state.model.kind === 'file' ? state.model.name : null));
  const tuned = useTrain((state) => state.tuned);
  const [position, onPositionChange] = useState(0.5);
  const [selected, onSelect] = useState<number | null>(null);
  const [hovered, onHover] = useState<number | null>(null);
  const isPair = modelName !== null;
  return (
    <>
      <ImageStage
        controls={controls}
        bitmap={shown?.bitmap ?? null}
        result={isPair ? before : after}
        style={overlayStyle}
        hovered={hovered}
        selected={selected}
        onHover={onHover}
        onSelect={onSelect}
        label={`${name}: ${comparedWords(before, after)}`}
        compare={isPair ? { result: after, mode: 'split', position, onPositionChange } : undefined}
      />
      <SideNames before={modelName} after={tuned ? afterWords(tuned.isFinal, tuned.epoch) : ''} />
    </>
  );
}

function SideNames({ before, after }: { readonly before: string | null; readonly after: string }) {
  const chip =
    'max-w-[45%] truncate rounded-chip bg-[oklch(0.15_0.005_260/0.85)] px-1.5 py-0.5 text-2xs text-canvas-text';
  return (
    <div className="pointer-events-none absolute inset-x-2 top-2 flex justify-between gap-2">
      <span className={chip}>{before === null ? 'A new network: nothing to compare with' : `Before: ${before}`}</span>
      <span className={chip}>{after}</span>
    </div>
  );
}

function afterWords(isFinal: boolean, epoch: number): string {
  return isFinal ? `After: weights of epoch ${epoch}` : `So far: epoch ${epoch}`;
}

function comparedWords(before: VisionResult | null, after: VisionResult | null): string {
  if (!after) return 'no prediction yet';
  const now = `after training ${summariseResult(after).text}`;
  return before ? `before ${summariseResult(before).text}, ${now}` : now;
}
