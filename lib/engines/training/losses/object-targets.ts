import type { Size } from '@/lib/engines/geometry/shape';
import { symbolicExtent } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import type { KeypointShape } from '@/lib/engines/training/dataset/label-rule';
import type { RawObjects } from '@/lib/engines/training/network/raw-outputs';

/**
 * The labels of one step as inputs of its graph, which are called as the fields of an `ObjectBatch`. The number of columns is
 * open, so that one session takes all batches; a class of −1 marks a row that is no object.
 */
export type ObjectTargets = {
  /** Size of the batch's images in pixels. */
  readonly image: Size;
  /** int32 [batch, columns]. */
  readonly classIds: Value;
  /** Pixels, [batch, columns, 4] as x1, y1, x2, y2; of oriented boxes [batch, columns, 5] as cx, cy, w, h, radians. */
  readonly boxes: Value;
  /** Of poses only: [batch, columns, keypoints, 3] as x, y in pixels and visibility. */
  readonly keypoints: { readonly shape: KeypointShape; readonly points: Value } | null;
  /** Of segments only: int32 [batch, height ÷ 4, width ÷ 4], 1 + the column of the object at a cell, 0 for none. */
  readonly masks: Value | null;
};

type TargetOptions = {
  readonly image: Size;
  /** Needed for poses; null otherwise. */
  readonly keypoints: KeypointShape | null;
};

/** Declares the inputs `classIds`, `boxes` and, as the task has them, `keypoints` and `masks`. */
export function objectTargets(g: GraphBuilder, raw: RawObjects, { image, keypoints }: TargetOptions): ObjectTargets {
  const [batch = 1] = raw.boxes.shape;
  const columns = symbolicExtent('columns');
  const numbers = raw.task === 'obb' ? 5 : 4;
  const [, , height = 1, width = 1] = raw.prototypes?.shape ?? [];
  return {
    image,
    classIds: g.input('classIds', { elementType: 'int32', shape: [batch, columns] }),
    boxes: g.input('boxes', { elementType: 'float32', shape: [batch, columns, numbers] }),
    keypoints: keypoints && {
      shape: keypoints,
      points: g.input('keypoints', { elementType: 'float32', shape: [batch, columns, keypoints.count, 3] }),
    },
    masks: raw.prototypes && g.input('masks', { elementType: 'int32', shape: [batch, height, width] }),
  };
}
