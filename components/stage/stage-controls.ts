'use client';

import { useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { ScreenPoint, Size } from '@/lib/engines/geometry/shape';
import {
  actualSizeViewport,
  fitViewport,
  panBy,
  resizeViewport,
  type Viewport,
  ZOOM_STEP,
  zoomAt,
} from '@/lib/engines/geometry/viewport';

/** Where the image lies on the stage. In a comparison side by side both halves share it: `stage` is the size of one half. */
export type StageState = {
  readonly image: Size | null;
  readonly stage: Size;
  readonly viewport: Viewport;
  /** The image is fitted, and stays so when the stage changes its size. */
  readonly fitted: boolean;
};

export type StageControls = ReturnType<typeof createStageControls>;

/** Room around a fitted image, so that strokes at its border are seen whole. */
const FIT_MARGIN = 12;

const emptyStage: StageState = {
  image: null,
  stage: { width: 0, height: 0 },
  viewport: { scale: 1, offsetX: 0, offsetY: 0 },
  fitted: true,
};

/** The controls of one stage for the life of the calling component: hand them to `ImageStage` and to the buttons. */
export function useStageControls(): StageControls {
  const [controls] = useState(createStageControls);
  return controls;
}

/** Screen pixels per image pixel of now; only the component that shows it renders while zooming. */
export function useStageScale(controls: StageControls): number {
  return useStore(controls.store, (state) => state.viewport.scale);
}

/** One owner of a stage's viewport. Zooms without a cursor keep the centre in place. */
export function createStageControls() {
  const store = createStore<StageState>(() => emptyStage);

  function change(viewportOf: (viewport: Viewport, image: Size, stage: Size) => Viewport): void {
    store.setState((state) =>
      state.image ? { viewport: viewportOf(state.viewport, state.image, state.stage), fitted: false } : state,
    );
  }

  function zoomBy(factor: number, cursor?: ScreenPoint): void {
    change((viewport, image, stage) => zoomAt(viewport, factor, cursor ?? centreOf(stage), image, stage));
  }

  return {
    store,
    zoomBy,
    zoomIn: () => zoomBy(ZOOM_STEP),
    zoomOut: () => zoomBy(1 / ZOOM_STEP),
    actualSize: () => change((viewport, image, stage) => actualSizeViewport(viewport, image, stage)),
    pan: (deltaX: number, deltaY: number) =>
      change((viewport, image, stage) => panBy(viewport, deltaX, deltaY, image, stage)),
    fit: () =>
      store.setState((state) =>
        state.image ? { viewport: fitViewport(state.image, state.stage, FIT_MARGIN), fitted: true } : state,
      ),
    place: (image: Size | null, stage: Size) => store.setState((state) => placeImage(state, image, stage)),
  };
}

/**
 * The state with this image on a stage of this size; the same object when nothing changes. An image of the same size keeps
 * the zoom, so that frames of a video and variants of a picture can be compared in place; any other is fitted.
 */
export function placeImage(state: StageState, image: Size | null, stage: Size): StageState {
  if (sameSize(state.image, image) && sameSize(state.stage, stage)) return state;
  if (!image || stage.width === 0 || stage.height === 0) return { ...state, image, stage };
  if (state.fitted || !sameSize(state.image, image)) {
    return { image, stage, viewport: fitViewport(image, stage, FIT_MARGIN), fitted: true };
  }
  return { ...state, stage, viewport: resizeViewport(state.viewport, image, state.stage, stage) };
}

/** Whether the whole image is on the stage, so that there is nothing to pan to. */
export function isWhollyVisible({ image, stage, viewport }: StageState): boolean {
  if (!image) return true;
  const { scale, offsetX, offsetY } = viewport;
  return (
    offsetX >= 0 &&
    offsetY >= 0 &&
    offsetX + image.width * scale <= stage.width &&
    offsetY + image.height * scale <= stage.height
  );
}

function sameSize(first: Size | null, second: Size | null): boolean {
  return first?.width === second?.width && first?.height === second?.height;
}

function centreOf(stage: Size): ScreenPoint {
  return { screenX: stage.width / 2, screenY: stage.height / 2 };
}
