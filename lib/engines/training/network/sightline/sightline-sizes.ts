/** Sizes of our own networks. */
export type SightlineSize = 'n' | 's';

/** Channels at the places of a network. */
export type SightlineWidths = {
  /** After the first convolution, at half the image's height and width. */
  readonly stem: number;
  /** After the stages at strides 4, 8, 16 and 32. */
  readonly stages: readonly [number, number, number, number];
  /** What the head is given at strides 8, 16 and 32. */
  readonly neck: readonly [number, number, number];
  /** Within the branches of the head for boxes, for classes, and for what a task has beyond them. */
  readonly boxes: number;
  readonly classes: number;
  readonly extras: number;
  /** Of the maps that masks are made of, before they are prototypes. */
  readonly prototypes: number;
  /** Before the classifier's last layer. */
  readonly classifier: number;
};

/** Some 0.8 and 3 million parameters with the heads of objects. */
export const sightlineWidths: Readonly<Record<SightlineSize, SightlineWidths>> = {
  n: {
    stem: 16,
    stages: [24, 48, 96, 128],
    neck: [48, 72, 96],
    boxes: 32,
    classes: 32,
    extras: 24,
    prototypes: 32,
    classifier: 512,
  },
  s: {
    stem: 32,
    stages: [48, 96, 192, 256],
    neck: [96, 144, 192],
    boxes: 64,
    classes: 64,
    extras: 48,
    prototypes: 64,
    classifier: 1024,
  },
};
