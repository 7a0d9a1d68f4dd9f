import type { Box, OrientedBox } from '@/lib/engines/geometry/shape';
import type { PackedMasks } from '@/lib/engines/training/evaluation/packed-masks';

/**
 * The objects of one image, labelled or predicted, as parallel lists in pixels of the network input; what the task does
 * not have is null. Truth and predictions are compared there, where both are at hand without rounding.
 */
export type Instances = {
  readonly classIds: Int32Array;
  readonly boxes: readonly Box[];
  readonly oriented: readonly OrientedBox[] | null;
  /** Flat x, y, visibility triples of each object. */
  readonly keypoints: readonly Float32Array[] | null;
  readonly masks: PackedMasks | null;
};

/** Predicted objects, best score first. */
export type PredictedInstances = Instances & {
  /** 0–1, falling. */
  readonly scores: Float32Array;
};
