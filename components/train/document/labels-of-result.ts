import { labelBox } from '@/components/train/document/box-geometry';
import type { DrawnLabel, ImageLabels } from '@/components/train/document/train-document';
import type { TrainableTask } from '@/lib/browser/training/training-job';
import { orientedBoxCorners } from '@/lib/engines/geometry/oriented-box';
import type { Size } from '@/lib/engines/geometry/shape';
import { topClasses } from '@/lib/engines/overlay/paint-classification';
import type { Detection, VisionResult } from '@/lib/engines/vision/vision-result';

/**
 * What a model saw, as labels to begin with. Classes are found again by their names; what the document has no class for is left
 * out. Null where nothing is left, or the result is of another task.
 */
export function labelsOfResult(
  result: VisionResult,
  task: TrainableTask,
  names: readonly string[],
  newId: () => string,
): ImageLabels | null {
  if (result.task !== task) return null;
  const classOf = (classId: number): number => names.indexOf(result.names[classId] ?? '');
  if (!('detections' in result)) {
    if (!('probabilities' in result)) return null;
    const classId = classOf(topClasses(result.probabilities, 1)[0] ?? -1);
    return classId < 0 ? null : { objects: [], classId };
  }
  const objects = result.detections.flatMap((detection): DrawnLabel[] => {
    const classId = classOf(detection.classId);
    const box = labelBox(clipped(detection, result.image), result.image);
    if (classId < 0 || !(box.width > 0 && box.height > 0)) return [];
    const outline = outlineOf(detection, result.image);
    // A mask of a few pixels has no outline to be trained on.
    if ((task === 'segment' || task === 'obb') && outline === null) return [];
    return [{ id: newId(), classId, box, outline, keypoints: keypointsOf(detection, result.image) }];
  });
  return objects.length === 0 ? null : { objects, classId: null };
}

function clipped({ box: { x1, y1, x2, y2 } }: Detection, { width, height }: Size): Detection['box'] {
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  return { x1: within(x1, width), y1: within(y1, height), x2: within(x2, width), y2: within(y2, height) };
}

function outlineOf({ mask, oriented }: Detection, { width, height }: Size): Float32Array | null {
  if (oriented) {
    return Float32Array.from(orientedBoxCorners(oriented).flatMap(({ x, y }) => [x / width, y / height]));
  }
  if (!mask || mask.segment.length < 6) return null;
  return mask.segment.map((value, k) => Math.min(Math.max(value / (k % 2 === 0 ? width : height), 0), 1));
}

/** Points the model is unsure of count as not labelled. */
function keypointsOf({ keypoints }: Detection, { width, height }: Size): Float32Array | null {
  if (!keypoints) return null;
  return Float32Array.from(
    keypoints.flatMap(({ x, y, visibility }) => {
      const isSeen = (visibility ?? 1) >= 0.5 && x >= 0 && y >= 0 && x <= width && y <= height;
      return isSeen ? [x / width, y / height, 2] : [0, 0, 0];
    }),
  );
}
