import { Fault } from '@/lib/core/fault';

/** How images are varied while training, by the field's names in this language's spelling (`hsv_h` is `hsvH`). */
export type Augmentation = {
  /** Largest shift of the hue, as a fraction of the circle. */
  readonly hsvH: number;
  /** Largest relative change of the saturation and of the brightness. */
  readonly hsvS: number;
  readonly hsvV: number;
  /** Largest turn to either side, in degrees. */
  readonly degrees: number;
  /** Largest shift along each axis, as a fraction of the image. */
  readonly translate: number;
  /** Largest relative change of the size; a classifier sees at least 1 − scale of an image's area. */
  readonly scale: number;
  /** Largest slant along each axis, in degrees. */
  readonly shear: number;
  /** Probabilities of being mirrored top to bottom, and left to right. */
  readonly flipud: number;
  readonly fliplr: number;
  /** Probability that an image is put together from four, and that two are laid over one another. */
  readonly mosaic: number;
  readonly mixup: number;
  /** Number of epochs at the end in which neither is done. */
  readonly closeMosaic: number;
};

/** The field's defaults. */
export const defaultAugmentation: Augmentation = {
  hsvH: 0.015,
  hsvS: 0.7,
  hsvV: 0.4,
  degrees: 0,
  translate: 0.1,
  scale: 0.5,
  shear: 0,
  flipud: 0,
  fliplr: 0.5,
  mosaic: 1,
  mixup: 0,
  closeMosaic: 10,
};

/** Images and labels as they are. */
export const noAugmentation: Augmentation = {
  hsvH: 0,
  hsvS: 0,
  hsvV: 0,
  degrees: 0,
  translate: 0,
  scale: 0,
  shear: 0,
  flipud: 0,
  fliplr: 0,
  mosaic: 0,
  mixup: 0,
  closeMosaic: 0,
};

/** The largest sensible value of each; the smallest is 0 throughout. */
const largest: Readonly<Record<keyof Augmentation, number>> = {
  hsvH: 1,
  hsvS: 1,
  hsvV: 1,
  degrees: 180,
  translate: 1,
  // At 1 an image could shrink to nothing.
  scale: 0.95,
  // The slant is the tangent of the angle, which must not grow without bounds.
  shear: 60,
  flipud: 1,
  fliplr: 1,
  mosaic: 1,
  mixup: 1,
  closeMosaic: Number.MAX_SAFE_INTEGER,
};

const fields: readonly (keyof Augmentation)[] = [
  'hsvH',
  'hsvS',
  'hsvV',
  'degrees',
  'translate',
  'scale',
  'shear',
  'flipud',
  'fliplr',
  'mosaic',
  'mixup',
  'closeMosaic',
];

/** Throws a `Fault` (`input-invalid`) for a value that is out of range, by the name that people write. */
export function checkAugmentation(augmentation: Augmentation): void {
  for (const field of fields) {
    const value = augmentation[field];
    if (value >= 0 && value <= largest[field]) continue;
    throw new Fault({
      code: 'input-invalid',
      found: `${writtenName(field)} was expected to be a number from 0 to ${largest[field]}, and ${value} was found.`,
      remedy: `Leave it out for ${defaultAugmentation[field]}, the usual value.`,
    });
  }
}

/** The name of a field as people write it: `hsvH` is `hsv_h`. */
function writtenName(field: keyof Augmentation): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
