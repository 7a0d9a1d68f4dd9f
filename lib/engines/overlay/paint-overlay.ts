import { unreachable } from '@/lib/core/assert';
import { drawableDetections, paintOrder } from '@/lib/engines/overlay/drawable-detections';
import type { OverlayView } from '@/lib/engines/overlay/overlay-view';
import { paintBoxes } from '@/lib/engines/overlay/paint-boxes';
import { paintClassMap } from '@/lib/engines/overlay/paint-class-map';
import { paintClassification } from '@/lib/engines/overlay/paint-classification';
import type { PaintAssets, PaintContext } from '@/lib/engines/overlay/paint-context';
import { paintDepth } from '@/lib/engines/overlay/paint-depth';
import { paintLabels } from '@/lib/engines/overlay/paint-labels';
import { paintMasks } from '@/lib/engines/overlay/paint-masks';
import { paintOrientedBoxes } from '@/lib/engines/overlay/paint-oriented-boxes';
import { paintSkeletons } from '@/lib/engines/overlay/paint-skeletons';
import type { DetectionTask, VisionResult } from '@/lib/engines/vision/vision-result';

/**
 * Draws what a model saw onto any Canvas 2D context, above whatever is there: the stage in the browser, an OffscreenCanvas
 * or a Node canvas for the annotated PNG. Coordinates are screen pixels under the context's current transform; the context
 * comes back in the state it was given.
 */
export function paintOverlay(
  context: PaintContext,
  result: VisionResult,
  view: OverlayView,
  assets: PaintAssets,
): void {
  context.save();
  paint(context, result, view, assets);
  context.restore();
}

function paint(context: PaintContext, result: VisionResult, view: OverlayView, assets: PaintAssets): void {
  switch (result.task) {
    case 'detect':
    case 'segment':
    case 'pose':
    case 'obb':
      paintDetections(context, result, view, assets);
      return;
    case 'classify':
      if (view.showLabels) paintClassification(context, result.probabilities, result.names, view, assets);
      return;
    case 'semantic':
      paintClassMap(context, result.classMap, result.image, result.names, view, assets);
      return;
    case 'depth':
      paintDepth(context, result.depth, result.range, result.image, view, assets);
      return;
    default:
      unreachable(result);
  }
}

function paintDetections(
  context: PaintContext,
  { detections, names, image }: Extract<VisionResult, { task: DetectionTask }>,
  view: OverlayView,
  assets: PaintAssets,
): void {
  const drawables = drawableDetections(detections, view, assets);
  const ordered = paintOrder(drawables);
  if (view.showMasks) paintMasks(context, ordered, view, assets);
  if (view.showBoxes) {
    paintBoxes(
      context,
      ordered.filter(({ detection }) => !detection.oriented),
      view,
    );
    paintOrientedBoxes(
      context,
      ordered.filter(({ detection }) => detection.oriented),
      view,
    );
  }
  if (view.showKeypoints) paintSkeletons(context, ordered, view);
  if (view.showLabels) paintLabels(context, drawables, names, image, view, assets);
}
