/** How far annotators differ on each of COCO's 17 body points, as a share of the object's size (cocodataset.org/#keypoints-eval). */
const cocoBodySigmas: readonly number[] = [
  0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089,
];

/** Keeps divisions away from zero; the package's own value, so that numbers agree. */
const epsilon = 1e-7;

/** The tolerances of a skeleton: COCO's for 17 points with visibility, one n-th each for any other n, as the package has it. */
export function keypointSigmas({ count, dims }: { readonly count: number; readonly dims: 2 | 3 }): readonly number[] {
  return count === cocoBodySigmas.length && dims === 3 ? cocoBodySigmas : new Array<number>(count).fill(1 / count);
}

/**
 * Object keypoint similarity, 0–1: the mean of exp(−d² / (2 · area · (2σ)²)) over the labelled points (visibility other
 * than 0), where d is the distance in pixels (cocodataset.org/#keypoints-eval). 0 where no point is labelled.
 *
 * @param truth Flat x, y, visibility triples, as `predicted`.
 * @param area Of the labelled object, square pixels.
 */
export function keypointSimilarity(
  truth: Float32Array,
  predicted: Float32Array,
  area: number,
  sigmas: readonly number[],
): number {
  let sum = 0;
  let labelled = 0;
  for (const [k, sigma] of sigmas.entries()) {
    if (truth[3 * k + 2] === 0) continue;
    const squaredDistance = (truth[3 * k] - predicted[3 * k]) ** 2 + (truth[3 * k + 1] - predicted[3 * k + 1]) ** 2;
    sum += Math.exp(-squaredDistance / ((2 * sigma) ** 2 * (area + epsilon) * 2));
    labelled++;
  }
  return sum / (labelled + epsilon);
}
