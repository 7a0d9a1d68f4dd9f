/** How gradients are written where operators of runtimes differ in speed or are missing. */
export type GradientForms = {
  /** `fused` multiplies transposed matrices as they lie (com.microsoft.FusedMatMul), `plain` transposes them first. */
  readonly products: 'fused' | 'plain';
  /**
   * Gradient of a convolution's weight: `slices` multiplies one shifted view of the map after the other, `columns` joins
   * the views (im2col) and multiplies once.
   */
  readonly convolutionWeight: 'slices' | 'columns';
  /** `indices` scatters to the places the forward pass noted, `shifts` finds them again by comparing shifted views. */
  readonly maxPool: 'indices' | 'shifts';
};

/**
 * The fastest forms that each execution provider can run, as measured on a whole training step. WebGPU places neither
 * FusedMatMul nor the indices of a MaxPool.
 */
export const gradientForms = {
  cpu: { products: 'fused', convolutionWeight: 'slices', maxPool: 'indices' },
  wasm: { products: 'fused', convolutionWeight: 'slices', maxPool: 'indices' },
  webgpu: { products: 'plain', convolutionWeight: 'columns', maxPool: 'shifts' },
} as const satisfies Readonly<Record<string, GradientForms>>;
