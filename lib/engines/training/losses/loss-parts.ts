import type { Value } from '@/lib/engines/graph/value';

/**
 * How much each part of a loss counts, by the field's names; the defaults are those people know: box 7.5, cls 0.5, dfl 1.5, pose 12,
 * kobj 1, angle 1.
 */
export type LossGains = {
  readonly box: number;
  readonly cls: number;
  readonly dfl: number;
  readonly pose: number;
  readonly kobj: number;
  /** Of oriented boxes; by default 1. */
  readonly angle?: number;
};

/** The input, one number, for what the branch of many anchors counts in a head of two branches. */
export const branchShareInput = 'branchShare';

/** A loss in a training graph. */
export type LossParts = {
  /** What is minimised, one number: the sum of all parts, of objects times the number of images. */
  readonly loss: Value;
  /** Each part by the name it has in results.csv (`box_loss`, `cls_loss`, …), with its gain, for the mean image: one number each. */
  readonly items: readonly { readonly name: string; readonly value: Value }[];
  /** Whether the graph takes `branchShareInput`. */
  readonly takesBranchShare?: boolean;
  /** Values that count as constants although they come from the network: what `differentiate` is to be told. */
  readonly constants: readonly Value[];
};
