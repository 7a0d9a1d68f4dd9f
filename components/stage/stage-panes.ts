import type { ScreenPoint, Size } from '@/lib/engines/geometry/shape';
import type { VisionResult } from '@/lib/engines/vision/vision-result';

/** A part of the stage that shows one result. All lengths are screen pixels. */
export type StagePane = {
  readonly role: 'primary' | 'secondary';
  readonly result: VisionResult | null;
  /** What is painted of it, horizontally. */
  readonly clipLeft: number;
  readonly clipWidth: number;
  /** Where the pane's own coordinates begin; the viewport is relative to it. */
  readonly originX: number;
};

export type CompareMode = 'split' | 'side-by-side';

export type StageLayout = {
  readonly panes: readonly StagePane[];
  /** Size of the area the viewport refers to: the stage, or one half of it. */
  readonly paneSize: Size;
};

/** Width of the line between two halves. */
const GUTTER = 2;

/** Divides the stage: one pane, two that share the picture at `position` (0–1), or two halves with the same viewport. */
export function layoutStage(
  size: Size,
  result: VisionResult | null,
  compare: { readonly result: VisionResult | null; readonly mode: CompareMode; readonly position: number } | null,
): StageLayout {
  if (!compare) {
    return {
      panes: [{ role: 'primary', result, clipLeft: 0, clipWidth: size.width, originX: 0 }],
      paneSize: size,
    };
  }
  if (compare.mode === 'split') {
    const edge = Math.round(size.width * Math.min(1, Math.max(0, compare.position)));
    return {
      panes: [
        { role: 'primary', result, clipLeft: 0, clipWidth: edge, originX: 0 },
        { role: 'secondary', result: compare.result, clipLeft: edge, clipWidth: size.width - edge, originX: 0 },
      ],
      paneSize: size,
    };
  }
  const half = Math.max(0, Math.floor((size.width - GUTTER) / 2));
  const right = size.width - half;
  return {
    panes: [
      { role: 'primary', result, clipLeft: 0, clipWidth: half, originX: 0 },
      { role: 'secondary', result: compare.result, clipLeft: right, clipWidth: half, originX: right },
    ],
    paneSize: { width: half, height: size.height },
  };
}

/** The pane under a stage point, with the point in the pane's own coordinates; null in the line between two halves. */
export function paneAt(
  panes: readonly StagePane[],
  { screenX, screenY }: ScreenPoint,
): { readonly pane: StagePane; readonly local: ScreenPoint } | null {
  const pane = panes.find(({ clipLeft, clipWidth }) => screenX >= clipLeft && screenX < clipLeft + clipWidth);
  return pane ? { pane, local: { screenX: screenX - pane.originX, screenY } } : null;
}
