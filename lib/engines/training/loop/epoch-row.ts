/** Numbers by name, as results.csv names them behind its slash: `box_loss`, `mAP50(B)`. */
export type NamedNumbers = Readonly<Record<string, number>>;

/** What one epoch came to: a line of results.csv. */
export type EpochRow = {
  /** From 1. */
  readonly epoch: number;
  /** Seconds since the run began, without pauses between a stop and its resumption. */
  readonly seconds: number;
  /** Mean losses of the epoch's images. */
  readonly train: NamedNumbers;
  /** Null where the epoch was not validated. */
  readonly metrics: NamedNumbers | null;
  /** Losses of the validation images; null where they were not computed. */
  readonly val: NamedNumbers | null;
  /** Learning rates at the end of the epoch: of biases, of weights, of normalisations. */
  readonly rates: readonly [number, number, number];
};
