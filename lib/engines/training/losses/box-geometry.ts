import type { Value } from '@/lib/engines/graph/value';

/** The part of a loss that differs between upright and oriented boxes. */
export type BoxGeometry = {
  /**
   * How well each predicted box fits each object, [batch, columns, anchors], 0–1, and 0 where the anchor point is outside of
   * the object. It does not change with what is trained.
   */
  readonly overlaps: Value;
  /** Compares each prediction with the object of its anchor. */
  readonly compare: (claims: Value) => BoxComparison;
  /** Values to be held constant while the loss is differentiated. */
  readonly constants: readonly Value[];
};

/** For every anchor, whatever it is for those that learn no object; finite for these too. */
export type BoxComparison = {
  /** The object's box in pixels, in the order of the labels: [batch, 4 or 5, anchors]. */
  readonly boxes: Value;
  /** 1 − overlap: [batch, 1, anchors]. */
  readonly misfit: Value;
  /** What the distances left, top, right and bottom should be, in cells: [batch, 4, anchors]. */
  readonly distances: Value;
  /** How far the angle is off, [batch, 1, anchors]; null for upright boxes. */
  readonly turn: Value | null;
  readonly constants: readonly Value[];
};
