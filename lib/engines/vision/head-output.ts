import type { Size } from '@/lib/engines/geometry/shape';

/**
 * How an image was laid into the network input: input pixel = image pixel × scale + offset, per axis.
 * - `letterbox`: one scale for both axes, integer left/top padding, colour 114.
 * - `stretch`: the whole image scaled to the whole input (depth). - `centre-crop`: shorter side to size, then cut (classify).
 */
export type Placement = {
  readonly kind: 'letterbox' | 'stretch' | 'centre-crop';
  readonly image: Size;
  /** Size of the network input. */
  readonly input: Size;
  /** Size of the scaled image inside the input, before padding or cropping (integers). */
  readonly resized: Size;
  /** Unrounded scale r = min(H/h, W/w) for letterbox; per axis for stretch. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly left: number;
  readonly top: number;
};

/**
 * What one run answered for one image: the batch axis removed, fp16 widened to fp32. Kept so that thresholds, class filters
 * and readings change without running the model again. Plain data: its buffers can be transferred between threads.
 */
export type HeadOutput = {
  readonly main: { readonly data: Float32Array | Uint8Array | Int32Array; readonly dims: readonly number[] };
  readonly prototypes: { readonly data: Float32Array; readonly dims: readonly number[] } | null;
  readonly placement: Placement;
};
