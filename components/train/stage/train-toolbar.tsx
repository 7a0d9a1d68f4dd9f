'use client';

import { BoxSelect, Maximize, Minus, Plus, Redo2, Sparkles, SquareSlash, Trash2, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { type StageControls, useStageScale } from '@/components/stage/stage-controls';
import { useTrain, useTrainActions } from '@/components/train/session/session-context';
import { type StageView, selectedImage, taskOf } from '@/components/train/session/train-state';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';

const views: readonly { readonly value: StageView; readonly label: string }[] = [
  { value: 'label', label: 'Labels' },
  { value: 'compare', label: 'Predictions' },
];

/** What acts on the picture: zoom, labels, and the choice between labels and predictions. */
export function TrainToolbar({ controls }: { readonly controls: StageControls }) {
  const { setView } = useTrainActions();
  const hasImages = useTrain((state) => state.images.length > 0);
  const view = useTrain((state) => state.view);
  const hasWeights = useTrain((state) => state.tuned !== null);
  const scale = useStageScale(controls);
  return (
    <div
      role="toolbar"
      aria-label="View"
      className="flex h-9 shrink-0 items-center gap-0.5 overflow-x-auto border-b bg-base px-2 touch:h-12"
    >
      <Tool label="Zoom out" keys="−" onClick={controls.zoomOut} className="max-sm:hidden">
        <Minus size={15} aria-hidden />
      </Tool>
      <span className="w-11 shrink-0 text-center text-muted text-xs max-sm:hidden">{Math.round(scale * 100)} %</span>
      <Tool label="Zoom in" keys="+" onClick={controls.zoomIn} className="max-sm:hidden">
        <Plus size={15} aria-hidden />
      </Tool>
      <Tool label="Fit" keys="0" onClick={controls.fit}>
        <Maximize size={14} aria-hidden />
      </Tool>
      {hasImages && view === 'label' && <LabelTools />}
      <Subject />
      {hasWeights && hasImages && <Segmented label="What is shown" value={view} options={views} onChange={setView} />}
    </div>
  );
}

function LabelTools() {
  const actions = useTrainActions();
  const task = useTrain(taskOf);
  const canUndo = useTrain((state) => state.history.past.length > 0);
  const canRedo = useTrain((state) => state.history.future.length > 0);
  const hasSelection = useTrain((state) => state.selectedLabelId !== null);
  const canPredict = useTrain((state) => state.model.kind === 'file' && selectedImage(state) !== null);
  const isEmpty = useTrain((state) => {
    const labels = state.selectedImageId === null ? undefined : state.history.present.labels.get(state.selectedImageId);
    return labels !== undefined && labels.objects.length === 0;
  });
  const hasObjects = useTrain((state) => {
    const labels = state.selectedImageId === null ? undefined : state.history.present.labels.get(state.selectedImageId);
    return (labels?.objects.length ?? 0) > 0;
  });
  return (
    <>
      <Divider />
      {task === 'detect' && (
        <Tool label="Add a box" keys="B" onClick={actions.addCentredBox}>
          <BoxSelect size={15} aria-hidden />
        </Tool>
      )}
      <Tool label="Remove the label" keys="Del" onClick={actions.removeSelectedLabel} isDisabled={!hasSelection}>
        <Trash2 size={14} aria-hidden />
      </Tool>
      {task !== 'classify' && (
        <Tool
          label="Nothing to find here"
          keys="E"
          onClick={actions.toggleNothing}
          isPressed={isEmpty}
          isDisabled={hasObjects}
        >
          <SquareSlash size={15} aria-hidden />
        </Tool>
      )}
      <Tool label="Undo" keys="⌘Z" onClick={actions.undo} isDisabled={!canUndo}>
        <Undo2 size={15} aria-hidden />
      </Tool>
      <Tool label="Redo" keys="⇧⌘Z" onClick={actions.redo} isDisabled={!canRedo}>
        <Redo2 size={15} aria-hidden />
      </Tool>
      {canPredict && (
        <Button variant="ghost" size="small" onClick={() => void actions.startFromPredictions()}>
          <Sparkles size={13} aria-hidden />
          Start from predictions
        </Button>
      )}
    </>
  );
}

/** Which image is on the stage. */
function Subject() {
  const image = useTrain(selectedImage);
  return (
    <p className="min-w-0 flex-1 truncate px-2 text-center text-muted text-xs max-sm:invisible">
      {image?.name}
      {image?.size && ` · ${image.size.width} × ${image.size.height}`}
    </p>
  );
}

type ToolProps = {
  readonly label: string;
  readonly keys: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string;
};

function Tool({ label, keys, onClick, children, isPressed, isDisabled = false, className }: ToolProps) {
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={label}
      aria-pressed={isPressed}
      data-tip={label}
      data-keys={keys}
      disabled={isDisabled}
      onClick={onClick}
      className={className}
    >
      {children}
    </Button>
  );
}

function Divider() {
  return <span aria-hidden className="mx-1 h-4 w-px shrink-0 bg-line" />;
}
