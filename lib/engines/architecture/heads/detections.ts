import type { Value } from '@/lib/engines/graph/value';

/** What a head says of every anchor, in float32. */
export type Detections = {
  /**
   * [batch, 4, anchors] in pixels of the image: x1 y1 x2 y2 where rows are selected within the graph, x y w h (centre) in the
   * plain answer and always with an angle.
   */
  readonly boxes: Value;
  /** [batch, classes, anchors], 0–1. */
  readonly scores: Value;
  /** Further channels of each anchor, [batch, extras, anchors]: mask coefficients, keypoints, an angle in radians. */
  readonly extras: Value | null;
  /** The extras are an angle, and boxes turned by it. */
  readonly isRotated: boolean;
};

/** The same in rows, as selections need it: boxes [batch, anchors, 4], extras [batch, anchors, extras]. */
export type DetectionRows = Pick<Detections, 'scores'> & { readonly boxes: Value; readonly extras: Value | null };
