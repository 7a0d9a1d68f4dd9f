/**
 * What the painter needs of a canvas: the part that `CanvasRenderingContext2D`, `OffscreenCanvasRenderingContext2D` and
 * @napi-rs/canvas's context have in common. Methods, not properties, so that each library's own bitmap class fits.
 */
export interface PaintContext {
  fillStyle: string | object;
  strokeStyle: string | object;
  globalAlpha: number;
  lineWidth: number;
  lineJoin: 'bevel' | 'miter' | 'round';
  lineCap: 'butt' | 'round' | 'square';
  font: string;
  textAlign: 'center' | 'end' | 'left' | 'right' | 'start';
  textBaseline: 'alphabetic' | 'bottom' | 'hanging' | 'ideographic' | 'middle' | 'top';
  imageSmoothingEnabled: boolean;
  globalCompositeOperation: string;
  save(): void;
  restore(): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  roundRect(x: number, y: number, width: number, height: number, radii: number | number[]): void;
  arc(x: number, y: number, radius: number, startAngle: number, endAngle: number): void;
  fill(): void;
  stroke(): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  drawImage(image: PaintBitmap, x: number, y: number, width: number, height: number): void;
  createImageData(width: number, height: number): { readonly data: Uint8ClampedArray };
  putImageData(pixels: object, x: number, y: number): void;
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
}

/** Anything the context's own library can draw. The painter hands it on without looking inside. */
export type PaintBitmap = object;

type PaintCanvas = {
  readonly bitmap: PaintBitmap;
  readonly context: PaintContext;
};

/**
 * What the painter asks of its surroundings: small off-screen canvases of the same library as the target context.
 * One `PaintAssets` object owns the caches of tinted masks and text widths made with it: keep it as long as the target
 * canvas, and make a new one when a font has arrived.
 */
export type PaintAssets = {
  createCanvas(width: number, height: number): PaintCanvas;
};
