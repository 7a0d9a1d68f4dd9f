/** Fewer labelled images than this are all trained on: a fifth of them would measure chance. */
const fewestForHoldOut = 10;

/** Every fifth image is held out. */
const holdOutEvery = 5;

export type Split<T> = { readonly train: readonly T[]; readonly val: readonly T[]; readonly isHeldOut: boolean };

/**
 * Which labelled images are trained on and which are only measured. The split that a data set names counts; else every fifth image
 * is held out, and with fewer than ten none: the measure is then taken on what was trained on.
 */
export function chooseSplit<T extends { readonly split: 'train' | 'val' | null }>(images: readonly T[]): Split<T> {
  const named = images.filter(({ split }) => split === 'val');
  if (named.length > 0 && named.length < images.length) {
    return { train: images.filter(({ split }) => split !== 'val'), val: named, isHeldOut: true };
  }
  if (images.length < fewestForHoldOut) return { train: images, val: images, isHeldOut: false };
  const isVal = (_: T, index: number) => index % holdOutEvery === holdOutEvery - 1;
  return {
    train: images.filter((image, index) => !isVal(image, index)),
    val: images.filter(isVal),
    isHeldOut: true,
  };
}
