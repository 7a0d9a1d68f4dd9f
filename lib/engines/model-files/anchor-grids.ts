/** Sets of strides that YOLO heads use: standard, p6, p2, and v3-tiny. The first that fits a count of anchors wins. */
const strideSets: readonly (readonly number[])[] = [
  [8, 16, 32],
  [8, 16, 32, 64],
  [4, 8, 16, 32],
  [16, 32],
];

/** YOLOv5 and v7 predict three boxes of different shapes in every cell. */
const boxesPerCell = [1, 3] as const;

/** What a number of anchors says about a head. */
export type AnchorGrid = {
  readonly strides: readonly number[];
  /** 1 for anchor-free heads (v8 and later), 3 for anchor-based ones (v5, v7). */
  readonly perCell: (typeof boxesPerCell)[number];
};

/**
 * The head whose grids over an input of this size (pixels) have exactly `count` cells × boxes per cell; null when none has.
 * A grid has ceil(H / stride) × ceil(W / stride) cells.
 */
export function anchorGridOf(
  count: number,
  input: { readonly height: number; readonly width: number },
): AnchorGrid | null {
  for (const perCell of boxesPerCell) {
    for (const strides of strideSets) {
      if (perCell * anchorCount(strides, input) === count) return { strides, perCell };
    }
  }
  return null;
}

function anchorCount(strides: readonly number[], { height, width }: { height: number; width: number }): number {
  return strides.reduce((sum, stride) => sum + Math.ceil(height / stride) * Math.ceil(width / stride), 0);
}
