import type { Instances, PredictedInstances } from '@/lib/engines/training/evaluation/instances';

/** x1 y1 x2 y2, then the class. */
type BoxRow = readonly [number, number, number, number, number];

/** Labelled boxes for tests. */
export function labelledBoxes(...rows: readonly BoxRow[]): Instances {
  return {
    classIds: Int32Array.from(rows, (row) => row[4]),
    boxes: rows.map(([x1, y1, x2, y2]) => ({ x1, y1, x2, y2 })),
    oriented: null,
    keypoints: null,
    masks: null,
  };
}

/** Predicted boxes for tests, each with its score behind the class. */
export function predictedBoxes(...rows: readonly (readonly [...BoxRow, number])[]): PredictedInstances {
  const boxes = rows.map(([x1, y1, x2, y2, classId]): BoxRow => [x1, y1, x2, y2, classId]);
  return { ...labelledBoxes(...boxes), scores: Float32Array.from(rows, (row) => row[5]) };
}
