/** The overlaps at which a prediction counts as right, as COCO has them: 0.50, 0.55, … 0.95. */
export const iouThresholds: readonly number[] = Array.from({ length: 10 }, (_, k) => (50 + 5 * k) / 100);
