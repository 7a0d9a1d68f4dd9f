/** For every position of a resized axis the two source samples it lies between and the weight of the upper one. */
export type BilinearTaps = {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly weight: Float32Array;
};

export type TapsRequest = {
  /** Samples of the source axis, and the first of them within its array. */
  readonly sourceLength: number;
  readonly sourceStart?: number;
  readonly targetLength: number;
  /** Positions of the target that are wanted: from `first` to before `end`. */
  readonly first?: number;
  readonly end?: number;
  /**
   * `corners`: the first and last samples lie on the ends of both axes (PyTorch's align_corners=True).
   * `edges`: the outer edges of the samples do (align_corners=False), clamped before the first centre.
   */
  readonly align: 'corners' | 'edges';
};

/** Taps of a bilinear resize as PyTorch's `interpolate` computes them, in single precision. */
export function bilinearTaps(request: TapsRequest): BilinearTaps {
  const { sourceLength, sourceStart = 0, targetLength, first = 0, end = targetLength, align } = request;
  const count = Math.max(0, end - first);
  const taps = { lower: new Int32Array(count), upper: new Int32Array(count), weight: new Float32Array(count) };
  const scale = Math.fround(axisScale(sourceLength, targetLength, align));
  for (let i = 0; i < count; i++) {
    const target = first + i;
    const position =
      align === 'corners'
        ? Math.fround(target * scale)
        : Math.max(0, Math.fround(Math.fround((target + 0.5) * scale) - 0.5));
    const lower = Math.min(Math.floor(position), sourceLength - 1);
    taps.lower[i] = sourceStart + lower;
    taps.upper[i] = sourceStart + Math.min(lower + 1, sourceLength - 1);
    taps.weight[i] = position - lower;
  }
  return taps;
}

function axisScale(sourceLength: number, targetLength: number, align: 'corners' | 'edges'): number {
  if (align === 'edges') return sourceLength / targetLength;
  return targetLength > 1 ? (sourceLength - 1) / (targetLength - 1) : 0;
}
