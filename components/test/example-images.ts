/** A picture that comes with the program, to try a model on. */
export type ExampleImage = {
  readonly fileName: string;
  readonly url: string;
  /** What it shows, in a few words. */
  readonly content: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly sizeBytes: number;
  readonly alt: string;
};

/** Drawn by `scripts/draw-examples.mjs`; a test compares these facts with the files. */
export const exampleImages: readonly ExampleImage[] = [
  {
    fileName: 'bus.jpg',
    url: '/examples/bus.jpg',
    content: 'Street scene with vehicles',
    width: 810,
    height: 1080,
    sizeBytes: 105_459,
    alt: 'A drawn street: a red city bus at a traffic light, four people and a dog on the pavement before it.',
  },
  {
    fileName: 'zidane.jpg',
    url: '/examples/zidane.jpg',
    content: 'Sports scene with people',
    width: 1280,
    height: 720,
    sizeBytes: 102_957,
    alt: 'A drawn match: two footballers in red and blue run for the ball before a full stand, two more behind them.',
  },
];
