/** The bias that the last convolution of a box branch begins with: distances of some cells, not of none. */
export const freshBoxBias = 1;

/**
 * The bias that the last convolution of a class branch begins with: as if 5 objects of an image of 640 × 640 were spread over the
 * cells of this level and the classes, so that the first steps do not spend themselves on unlearning objects
 * (https://arxiv.org/abs/1708.02002, section 4.1, in the numbers that YOLO networks use).
 */
export function classBias(classes: number, stride: number): number {
  return Math.log(5 / classes / (640 / stride) ** 2);
}
