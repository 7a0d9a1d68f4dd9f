import type { AnchorPoints } from '@/lib/engines/architecture/heads/anchor-points';
import type { Value } from '@/lib/engines/graph/value';
import type { ObjectTask } from '@/lib/engines/training/dataset/object-label';

/**
 * What a network of objects says before anything is decoded, for a loss to be taken of it: values of the training graph, all
 * float32 and of known shape. Anchors run through the levels, finest first, each row by row.
 */
export type RawObjects = {
  readonly task: ObjectTask;
  /** [batch, 4 · bins, anchors]: for each side its distribution's logits over `bins` distances; with one bin the distance itself. */
  readonly boxes: Value;
  /** Distances in cells that a side's distribution is over: 0 … bins − 1; 1 where the distance is said directly. */
  readonly bins: number;
  /** Class logits [batch, classes, anchors]. */
  readonly scores: Value;
  /** Constants: centres of the cells in cells of their level [1, 2, anchors], and pixels per cell [1, 1, anchors]. */
  readonly anchors: AnchorPoints;
  /**
   * Segments: mask coefficients [batch, masks, anchors]. Poses: raw keypoints [batch, count · dims, anchors]. Oriented boxes: raw
   * angles [batch, 1, anchors]. Null for plain detection.
   */
  readonly extras: Value | null;
  /** Of segments only: [batch, masks, height ÷ 4, width ÷ 4]. */
  readonly prototypes: Value | null;
};

/** Logits [batch, classes] of a network of whole images. */
export type RawClasses = { readonly task: 'classify'; readonly logits: Value };

/** Heads with a second branch for predictions without suppression (YOLOv10, YOLO26) train both; it is null for all others. */
export type RawOutputs = RawClasses | (RawObjects & { readonly oneToOne: RawObjects | null });
