import { ints } from '@/lib/engines/graph/attributes';
import { addExtents, type Extent, floorDivideExtent } from '@/lib/engines/graph/extent';

/** Two numbers for the vertical and the horizontal axis of a map. */
export type Pair = readonly [number, number];

/** How a kernel is laid over a map. */
export type Window = {
  readonly kernel: Pair;
  readonly stride?: Pair;
  /** Rows and columns added on both sides: zeros of convolutions, nothing for the maximum of a pool. */
  readonly padding?: Pair;
  readonly dilation?: Pair;
};

/**
 * Rows or columns of what a window makes of an axis, as
 * https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html and MaxPool2d define them: with `ceil`, a last window
 * that is partly outside counts when it begins inside the input or its leading padding.
 */
export function windowExtent(input: Extent, window: Window, axis: 0 | 1, ceil = false): Extent {
  const { kernel, stride = [1, 1], padding = [0, 0], dilation = [1, 1] } = window;
  const overhang = 2 * padding[axis] - dilation[axis] * (kernel[axis] - 1) - 1;
  const rounding = ceil ? stride[axis] - 1 : 0;
  const extent = addExtents(floorDivideExtent(addExtents(input, overhang + rounding), stride[axis]), 1);
  const beginsOutside =
    ceil &&
    typeof input === 'number' &&
    typeof extent === 'number' &&
    (extent - 1) * stride[axis] >= input + padding[axis];
  return beginsOutside ? addExtents(extent, -1) : extent;
}

/** The window as attributes of Conv and the pools. */
export function windowAttributes({ kernel, stride = [1, 1], padding = [0, 0], dilation = [1, 1] }: Window) {
  return {
    kernel_shape: ints(kernel),
    strides: ints(stride),
    pads: ints([...padding, ...padding]),
    dilations: ints(dilation),
  };
}
