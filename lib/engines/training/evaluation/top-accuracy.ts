/** One classified image. */
export type ClassifiedImage = { readonly probabilities: Float32Array; readonly labelled: number };

/** Shares of images, 0–1, whose class is the likeliest, or among the five likeliest; 0 without images. */
export type TopAccuracy = { readonly top1: number; readonly top5: number };

/** Of equal probabilities the lower class comes first. */
export function topAccuracy(images: readonly ClassifiedImage[]): TopAccuracy {
  const within = (places: number): number => {
    const right = images.filter(({ probabilities, labelled }) => rankOf(probabilities, labelled) < places).length;
    return images.length === 0 ? 0 : right / images.length;
  };
  return { top1: within(1), top5: within(5) };
}

/** How many classes come before this one; a class the network does not know, or whose probability is no number, comes last. */
function rankOf(probabilities: Float32Array, classId: number): number {
  const own = probabilities[classId];
  if (own === undefined || Number.isNaN(own)) return Number.POSITIVE_INFINITY;
  let before = 0;
  for (const [other, probability] of probabilities.entries()) {
    if (probability > own || (probability === own && other < classId)) before++;
  }
  return before;
}
