'use client';

import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { StageScene } from '@/components/stage/paint-stage';
import { StageCanvas } from '@/components/stage/stage-canvas';
import { placeImage, type StageControls } from '@/components/stage/stage-controls';
import { wheelFactor } from '@/components/stage/stage-gestures';
import { layoutStage } from '@/components/stage/stage-panes';
import { useElementBox, usePaintAssets, usePixelRatio } from '@/components/stage/stage-surroundings';
import { useHeldKey } from '@/components/stage/use-held-key';
import type { GestureBox } from '@/components/train/stage/label-gesture';
import { LabelLayer, type ShownLabel } from '@/components/train/stage/label-layer';
import { useLabelPointer } from '@/components/train/stage/use-label-pointer';
import { classNames } from '@/components/ui/class-names';
import type { Box } from '@/lib/engines/geometry/shape';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';

type LabelStageProps = {
  readonly bitmap: ImageBitmap | null;
  readonly labels: readonly ShownLabel[];
  readonly selectedId: string | null;
  readonly drawnClass: number;
  /** Whether boxes are drawn and changed here. */
  readonly canDraw: boolean;
  readonly controls: StageControls;
  /** What is on the stage, in words. */
  readonly label: string;
  readonly onSelect: (labelId: string | null) => void;
  readonly onDraw: (box: Box) => void;
  readonly onChange: (labelId: string, box: Box) => void;
};

const FOCUSABLE = 0;
const noClasses: ReadonlySet<number> = new Set();
const noColours: ReadonlyMap<number, string> = new Map();

/** A picture on which boxes are drawn. Keys are the page's, so that they work wherever the focus is. */
export function LabelStage(props: LabelStageProps) {
  const { bitmap, labels, selectedId, canDraw, controls } = props;
  const surface = useRef<HTMLDivElement>(null);
  const { size, fontFamily } = useElementBox(surface);
  const pixelRatio = usePixelRatio();
  const assets = usePaintAssets();
  const image = useMemo(
    () => (bitmap && bitmap.width > 0 ? { width: bitmap.width, height: bitmap.height } : null),
    [bitmap],
  );
  const stored = useStore(controls.store);
  // Rendered as if it were placed already, so that a new image never shows at the place of the old one.
  const { viewport } = placeImage(stored, image, size);
  // Outside system: the viewport's owner, which the zoom buttons read too. Nothing to undo.
  useLayoutEffect(() => controls.place(image, size));
  useWheelZoom(surface, controls);

  const isPanHeld = useHeldKey(
    ' ',
    useCallback(() => surface.current === document.activeElement || surface.current?.matches(':hover') === true, []),
  );
  const { current, handlers } = useLabelPointer({
    controls,
    viewport,
    image,
    boxes: labels,
    selectedId,
    canDraw,
    isPanHeld,
    onSelect: props.onSelect,
    onFinish: (result) =>
      result.kind === 'draw' ? props.onDraw(result.box) : props.onChange(result.labelId, result.box),
  });
  const { scale, offsetX, offsetY } = viewport;
  const scene = useMemo((): StageScene => {
    const view: OverlayView = {
      scale,
      offsetX,
      offsetY,
      viewportWidth: size.width,
      viewportHeight: size.height,
      showBoxes: false,
      showLabels: false,
      showMasks: false,
      showKeypoints: false,
      maskOpacity: 0,
      lineWidth: 2,
      fontSize: 12,
      fontFamily,
      hiddenClasses: noClasses,
      hovered: null,
      selected: null,
      classColours: noColours,
    };
    return { bitmap, panes: layoutStage(size, null, null).panes, height: size.height, view, assets, loupe: null };
  }, [bitmap, size, scale, offsetX, offsetY, fontFamily, assets]);

  return (
    <div
      className="relative h-full min-h-0 w-full min-w-0 overflow-hidden bg-canvas"
      data-testid="label-stage"
      data-scale={scale}
      data-offset={`${offsetX} ${offsetY}`}
    >
      <div
        ref={surface}
        role="img"
        aria-label={props.label}
        tabIndex={FOCUSABLE}
        {...handlers}
        className={classNames(
          'absolute inset-0 touch-none select-none focus-visible:-outline-offset-2',
          isPanHeld ? 'cursor-grab' : canDraw ? 'cursor-crosshair' : 'cursor-default',
        )}
      >
        <StageCanvas width={size.width} height={size.height} pixelRatio={pixelRatio} scene={scene} onDraw={undefined} />
        {image && (
          <LabelLayer
            size={size}
            viewport={viewport}
            labels={changed(labels, current)}
            selectedId={selectedId}
            draft={canDraw && current?.kind === 'draw' ? { box: current.box, classId: props.drawnClass } : null}
            hasHandles={canDraw}
          />
        )}
      </div>
    </div>
  );
}

/** The labels with the one that is under the pointer where it would be. */
function changed(labels: readonly ShownLabel[], current: GestureBox | null): readonly ShownLabel[] {
  if (current?.kind !== 'change') return labels;
  return labels.map((label) => (label.id === current.labelId ? { ...label, box: current.box } : label));
}

function useWheelZoom(surface: React.RefObject<HTMLElement | null>, controls: StageControls): void {
  // Outside system: the browser's wheel. React listens passively, which cannot keep the page from scrolling along. Undone by
  // removing the listener.
  useLayoutEffect(() => {
    const element = surface.current;
    if (!element) return;
    const zoom = (event: WheelEvent) => {
      event.preventDefault();
      const bounds = element.getBoundingClientRect();
      const cursor = { screenX: event.clientX - bounds.left, screenY: event.clientY - bounds.top };
      controls.zoomBy(wheelFactor(event.deltaY, event.deltaMode, event.ctrlKey), cursor);
    };
    element.addEventListener('wheel', zoom, { passive: false });
    return () => element.removeEventListener('wheel', zoom);
  }, [surface, controls]);
}
