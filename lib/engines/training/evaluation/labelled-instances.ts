import { present } from '@/lib/core/assert';
import { minimumAreaRectangle } from '@/lib/engines/geometry/oriented-box';
import type { Size } from '@/lib/engines/geometry/shape';
import type { ObjectLabel, ObjectTask } from '@/lib/engines/training/dataset/object-label';
import type { Instances } from '@/lib/engines/training/evaluation/instances';
import { labelledMasks } from '@/lib/engines/training/evaluation/labelled-masks';
import type { Placement } from '@/lib/engines/vision/head-output';

/**
 * The labels of one image in pixels of the network input, to be compared with predictions there.
 *
 * @param maskGrid Size of the prototypes; needed for segments only.
 */
export function labelledInstances(
  labels: readonly ObjectLabel[],
  task: ObjectTask,
  placement: Placement,
  maskGrid: Size | null,
): Instances {
  const outlines = task === 'segment' || task === 'obb' ? labels.map((label) => outlineInInput(label, placement)) : [];
  return {
    classIds: Int32Array.from(labels, ({ classId }) => classId),
    boxes: labels.map(({ box: { cx, cy, width, height } }) => ({
      x1: xInInput(cx - width / 2, placement),
      y1: yInInput(cy - height / 2, placement),
      x2: xInInput(cx + width / 2, placement),
      y2: yInInput(cy + height / 2, placement),
    })),
    oriented: task === 'obb' ? outlines.map(minimumAreaRectangle) : null,
    keypoints: task === 'pose' ? labels.map((label) => keypointsInInput(label, placement)) : null,
    masks:
      task === 'segment'
        ? labelledMasks(outlines, placement.input, present(maskGrid, 'the grid of the prototypes'))
        : null,
  };
}

function outlineInInput({ outline }: ObjectLabel, placement: Placement): Float32Array {
  return present(outline, 'the outline of a label').map((value, k) =>
    k % 2 === 0 ? xInInput(value, placement) : yInInput(value, placement),
  );
}

function keypointsInInput({ keypoints }: ObjectLabel, placement: Placement): Float32Array {
  return present(keypoints, 'the keypoints of a label').map((value, k) => {
    if (k % 3 === 2) return value;
    return k % 3 === 0 ? xInInput(value, placement) : yInInput(value, placement);
  });
}

function xInInput(fraction: number, { resized, left }: Placement): number {
  return fraction * resized.width + left;
}

function yInInput(fraction: number, { resized, top }: Placement): number {
  return fraction * resized.height + top;
}
