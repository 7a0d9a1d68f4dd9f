/** How a learning rate falls from its first value to its last. */
export type Decay = {
  readonly epochs: number;
  /** Share of the first rate that is left at the end. */
  readonly lrf: number;
  /** Along half a cosine (https://arxiv.org/abs/1812.01187) in place of a line. */
  readonly cosine: boolean;
};

/** Share of the first learning rate that an epoch trains with, `lrf` … 1; epochs count from 0. */
export function decayFactor({ epochs, lrf, cosine }: Decay, epoch: number): number {
  if (cosine) return ((1 - Math.cos((epoch * Math.PI) / epochs)) / 2) * (lrf - 1) + 1;
  return Math.max(1 - epoch / epochs, 0) * (1 - lrf) + lrf;
}
