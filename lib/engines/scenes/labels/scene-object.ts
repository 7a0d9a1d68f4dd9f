import type { Box, OrientedBox } from '@/lib/engines/geometry/shape';
import type { SceneClass } from '@/lib/engines/scenes/scene-classes';

/** A labelled object of a painted scene: what is seen of it, in pixels. */
export type SceneObject = {
  readonly className: SceneClass;
  /** Bounds of its visible pixels. */
  readonly box: Box;
  /** Bounds of its visible pixels along its own axes. */
  readonly orientedBox: OrientedBox;
  /** Number of visible pixels. */
  readonly area: number;
  /** How much of it is seen, of all that would be seen of it alone in an endless picture, 0–1. */
  readonly visibleShare: number;
  /** Outlines of its visible parts along the pixels' edges, the largest first: flat x, y pairs. */
  readonly outlines: readonly Float32Array[];
  /** Flat x, y, visibility triples: 2 seen, 1 hidden, 0 outside of the picture (with x and y 0); null for what has none. */
  readonly keypoints: Float32Array | null;
};
