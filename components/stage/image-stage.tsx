'use client';

import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { paneView, type StageScene } from '@/components/stage/paint-stage';
import { SplitHandle } from '@/components/stage/split-handle';
import { StageCanvas } from '@/components/stage/stage-canvas';
import { placeImage, type StageControls, useStageControls } from '@/components/stage/stage-controls';
import { handleStageKey } from '@/components/stage/stage-keys';
import { type CompareMode, layoutStage, paneAt, type StagePane } from '@/components/stage/stage-panes';
import { useElementBox, usePaintAssets, usePixelRatio } from '@/components/stage/stage-surroundings';
import { useHeldKey } from '@/components/stage/use-held-key';
import { useStagePointer } from '@/components/stage/use-stage-pointer';
import { classNames } from '@/components/ui/class-names';
import type { ImagePoint, ScreenPoint, Size } from '@/lib/engines/geometry/shape';
import { toImage } from '@/lib/engines/geometry/viewport';
import { visibleDetections } from '@/lib/engines/overlay/drawable-detections';
import { hitTest } from '@/lib/engines/overlay/hit-test';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** What a person can choose about the overlays. Sets and maps are compared by identity: a new one draws anew. */
type StageStyle = Pick<
  OverlayView,
  'showBoxes' | 'showLabels' | 'showMasks' | 'showKeypoints' | 'maskOpacity' | 'hiddenClasses' | 'classColours'
>;

type StageCompare = {
  readonly result: VisionResult | null;
  readonly mode: CompareMode;
  /** Share of the stage that shows the first model in a split, 0–1. */
  readonly position: number;
  readonly onPositionChange: (position: number) => void;
};

type ImageStageProps = {
  readonly bitmap: ImageBitmap | null;
  readonly result: VisionResult | null;
  readonly style: StageStyle;
  /** `Detection.index` under the pointer here or in a list, and the selected one. */
  readonly hovered: number | null;
  readonly selected: number | null;
  readonly onHover: (index: number | null) => void;
  readonly onSelect: (index: number | null) => void;
  readonly className?: string;
  /** What is on the stage, in words: “4 persons, 1 bus”. */
  readonly label?: string;
  /** From `useStageControls`, when buttons elsewhere zoom this stage. */
  readonly controls?: StageControls;
  readonly compare?: StageCompare;
  /** Image pixel under the mouse, or null beside the image. */
  readonly onPoint?: (point: ImagePoint | null) => void;
  readonly onDraw?: (milliseconds: number) => void;
};

/** The stage takes keys for zooming and panning, as a scrollable region does, although it is no control. */
const FOCUSABLE = 0;
const LINE_WIDTH = 2;
const FONT_SIZE = 12;

/** The picture with what a model saw in it; as large as its container, zoomed and panned by wheel, touch and keyboard. */
export function ImageStage(props: ImageStageProps) {
  const { bitmap, result, style, hovered, selected, onHover, onSelect, compare, onPoint } = props;
  const ownControls = useStageControls();
  const controls = props.controls ?? ownControls;
  const surface = useRef<HTMLDivElement>(null);
  const { size, fontFamily } = useElementBox(surface);
  const pixelRatio = usePixelRatio();
  const assets = usePaintAssets();

  const { result: compareResult = null, mode = null, position = 0.5 } = compare ?? {};
  const { panes, paneSize } = useMemo(
    () => layoutStage(size, result, mode ? { result: compareResult, mode, position } : null),
    [size, result, compareResult, mode, position],
  );
  const image = imageSize(bitmap, result);
  const stored = useStore(controls.store);
  // Rendered as if it were placed already, so that a new image never shows at the place of the old one.
  const placed = placeImage(stored, image, paneSize);
  // Outside system: the viewport's owner, which the zoom buttons read too. Nothing to undo.
  useLayoutEffect(() => controls.place(image, paneSize));

  const { scale, offsetX, offsetY } = placed.viewport;
  const { showBoxes, showLabels, showMasks, showKeypoints, maskOpacity, hiddenClasses, classColours } = style;
  const view = useMemo(
    (): OverlayView => ({
      scale,
      offsetX,
      offsetY,
      viewportWidth: paneSize.width,
      viewportHeight: paneSize.height,
      showBoxes,
      showLabels,
      showMasks,
      showKeypoints,
      maskOpacity,
      lineWidth: LINE_WIDTH,
      fontSize: FONT_SIZE,
      fontFamily,
      hiddenClasses,
      hovered,
      selected,
      classColours,
    }),
    [
      scale,
      offsetX,
      offsetY,
      paneSize,
      showBoxes,
      showLabels,
      showMasks,
      showKeypoints,
      maskOpacity,
      fontFamily,
      hiddenClasses,
      hovered,
      selected,
      classColours,
    ],
  );

  const [mouse, setMouse] = useState<ScreenPoint | null>(null);
  const wantsLoupe = useCallback(
    () => surface.current?.matches(':hover') === true || surface.current === document.activeElement,
    [],
  );
  const isLoupeHeld = useHeldKey('z', wantsLoupe);
  const isSpaceHeld = useHeldKey(
    ' ',
    useCallback(() => surface.current === document.activeElement, []),
  );
  const loupe = useMemo(
    () => (isLoupeHeld ? (mouse ?? { screenX: size.width / 2, screenY: size.height / 2 }) : null),
    [isLoupeHeld, mouse, size],
  );
  const scene = useMemo(
    (): StageScene => ({ bitmap, panes, height: size.height, view, assets, loupe }),
    [bitmap, panes, size.height, view, assets, loupe],
  );

  function hit(at: ScreenPoint): number | null {
    const under = paneAt(panes, at);
    if (under?.pane.role !== 'primary' || !under.pane.result) return null;
    return hitTest(under.pane.result, toImage(placed.viewport, under.local), view);
  }

  function followMouse(at: ScreenPoint | null): void {
    setMouse(at);
    const index = at && hit(at);
    if (index !== hovered) onHover(index);
    onPoint?.(at && imagePointUnder(at, panes, placed.viewport, image));
  }

  const pointer = useStagePointer({
    surface,
    controls,
    panes,
    onPoint: followMouse,
    onTap: (at) => onSelect(hit(at)),
  });

  function handleKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !handleStageKey(event.key, controls)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      data-testid="stage"
      data-scale={Number(scale.toFixed(4))}
      data-drawn={countDrawn(panes, view)}
      data-hovered={hovered ?? undefined}
      className={classNames('relative h-full min-h-0 w-full min-w-0 overflow-hidden bg-canvas', props.className)}
    >
      <div
        ref={surface}
        role="img"
        aria-label={props.label ?? describeResult(result)}
        aria-keyshortcuts="+ - 0 1 Z"
        tabIndex={FOCUSABLE}
        onKeyDown={handleKey}
        {...pointer.handlers}
        className={classNames(
          'absolute inset-0 touch-none select-none focus-visible:-outline-offset-2',
          cursorOf(pointer.isPanning, isSpaceHeld, hovered !== null && mouse !== null),
        )}
      >
        <StageCanvas
          width={size.width}
          height={size.height}
          pixelRatio={pixelRatio}
          scene={scene}
          onDraw={props.onDraw}
        />
      </div>
      {mode === 'side-by-side' && (
        <span aria-hidden className="pointer-events-none absolute inset-y-0 left-1/2 -ml-px w-0.5 bg-canvas-line" />
      )}
      {compare?.mode === 'split' && <SplitHandle position={position} onPositionChange={compare.onPositionChange} />}
    </div>
  );
}

/** The image's own size; a result without its picture (a frame still on its way) keeps its place. */
function imageSize(bitmap: ImageBitmap | null, result: VisionResult | null): Size | null {
  if (bitmap && bitmap.width > 0) return { width: bitmap.width, height: bitmap.height };
  return result?.image ?? null;
}

function imagePointUnder(
  at: ScreenPoint,
  panes: readonly StagePane[],
  viewport: Parameters<typeof toImage>[0],
  image: Size | null,
): ImagePoint | null {
  const under = paneAt(panes, at);
  if (!under || !image) return null;
  const point = toImage(viewport, under.local);
  const isInside = point.x >= 0 && point.y >= 0 && point.x < image.width && point.y < image.height;
  return isInside ? point : null;
}

function countDrawn(panes: readonly StagePane[], view: OverlayView): number {
  const { showBoxes, showMasks, showKeypoints } = view;
  if (!showBoxes && !showMasks && !showKeypoints) return 0;
  return panes.reduce((sum, pane) => {
    const isListed = pane.result && 'detections' in pane.result;
    return isListed ? sum + visibleDetections(pane.result.detections, paneView(view, pane)).length : sum;
  }, 0);
}

function describeResult(result: VisionResult | null): string {
  if (!result) return 'No image';
  if (!('detections' in result)) return `Image with its ${result.task} result`;
  const count = result.detections.length;
  return count === 1 ? 'Image with 1 detection' : `Image with ${count} detections`;
}

function cursorOf(isPanning: boolean, isSpaceHeld: boolean, isOverDetection: boolean): string {
  if (isPanning) return 'cursor-grabbing';
  if (isSpaceHeld) return 'cursor-grab';
  return isOverDetection ? 'cursor-pointer' : 'cursor-default';
}
