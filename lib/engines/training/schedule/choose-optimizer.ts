type OptimizerName = 'sgd' | 'adamw';

/** An optimizer with the rates that `optimizer=auto` stands for, or that were asked for. */
export type OptimizerChoice = {
  readonly optimizer: OptimizerName;
  readonly lr0: number;
  /** SGD's momentum, AdamW's first beta. */
  readonly momentum: number;
  readonly warmupBiasLr: number;
};

type AutoOptions = {
  readonly imageCount: number;
  readonly batch: number;
  /** Nominal batch size: images between two updates. */
  readonly nbs: number;
  readonly epochs: number;
  readonly classCount: number;
};

/** Updates from which on momentum overtakes AdamW; the field's. */
const longRun = 10_000;

/**
 * The field's rule for `optimizer=auto`: SGD for long runs, else AdamW with a rate that falls with the number of classes. The lr0,
 * momentum and warmup_bias_lr that were given do not count then.
 */
export function autoOptimizer({ imageCount, batch, nbs, epochs, classCount }: AutoOptions): OptimizerChoice {
  const updates = Math.ceil(imageCount / Math.max(batch, nbs)) * epochs;
  if (updates > longRun) return { optimizer: 'sgd', lr0: 0.01, momentum: 0.9, warmupBiasLr: 0 };
  const lr0 = Math.round(((0.002 * 5) / (4 + classCount)) * 1e6) / 1e6;
  return { optimizer: 'adamw', lr0, momentum: 0.9, warmupBiasLr: 0 };
}
