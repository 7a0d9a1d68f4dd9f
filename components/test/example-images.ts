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
    width: 1280,
    height: 853,
    sizeBytes: 191_959,
    alt: 'A red city bus waits at a zebra crossing while people cross; cars, trees and a traffic light around it.',
  },
  {
    fileName: 'zidane.jpg',
    url: '/examples/zidane.jpg',
    content: 'Sports scene with people',
    width: 1280,
    height: 853,
    sizeBytes: 137_185,
    alt: 'Two footballers in red and blue run for the ball in front of a full stand, two more behind them.',
  },
];
