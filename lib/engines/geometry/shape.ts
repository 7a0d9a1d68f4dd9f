/** A point in pixels of the upright original image; (0, 0) is the top-left corner of the top-left pixel. */
export type ImagePoint = { readonly x: number; readonly y: number };

/** A point in CSS pixels of the stage. Never mixed with an `ImagePoint`: a viewport converts one into the other. */
export type ScreenPoint = { readonly screenX: number; readonly screenY: number };

export type Size = { readonly width: number; readonly height: number };

/** An axis-aligned box by its corners, in image pixels unless a name says otherwise. */
export type Box = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

/** A rotated box: centre, side lengths (pixels) and the clockwise angle of its width side, in radians. */
export type OrientedBox = {
  readonly cx: number;
  readonly cy: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
};

/** A keypoint in image pixels. `visibility` is the network's confidence 0–1, or null when the model has no third value. */
export type Keypoint = { readonly x: number; readonly y: number; readonly visibility: number | null };

/**
 * Rings as flat x, y pairs in image pixels, not closed (the last point is not the first again). Several rings belong to
 * one object whose parts are apart.
 */
export type Polygon = { readonly rings: readonly Float32Array[] };
