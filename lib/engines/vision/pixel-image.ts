/**
 * A decoded image: 8-bit RGB or RGBA, interleaved, rows from the top, EXIF orientation already applied. With four channels
 * the fourth is never looked at: alpha is dropped, not composited, as OpenCV's IMREAD_COLOR does.
 */
export type PixelImage = {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint8Array | Uint8ClampedArray;
};
