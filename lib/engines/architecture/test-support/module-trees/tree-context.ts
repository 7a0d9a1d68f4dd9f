import { seededRandom } from '@/lib/engines/model-files/test-support/seeded-random';

/** The activations that models of this family are trained with; their name is torch's class. */
export type Activation = 'SiLU' | 'ReLU' | 'Identity';

export type TreeOptions = {
  readonly seed: number;
  readonly classCount: number;
  /** Multiplies the channels of the layer table: 0.25 is scale n. */
  readonly width: number;
  /** Multiplies the repeats of the layer table: 0.5 is scale n of most. */
  readonly depth: number;
  /** Of every Conv that has one. */
  readonly activation: Activation;
  /** 1e-3 in models that detect, 1e-5 in those that classify. */
  readonly normEpsilon: number;
  /** Channels of one attention head at the least: 64, or fewer where a narrow tree is to have several heads. */
  readonly headWidth: number;
  /** Channels between a classifier's last convolution and its linear layer: 1280. */
  readonly classifierWidth: number;
};

/** What every module of one tree is made with: its scale, and one stream of random weights. */
export type TreeContext = TreeOptions & {
  /** Numbers of a standard normal distribution, the same on every run. */
  normal(): number;
  /** The table's channels at this tree's width, a multiple of 8. */
  channels(wanted: number): number;
  /** The table's repeats at this tree's depth, at least 1. */
  repeats(wanted: number): number;
};

export function treeContext(options: TreeOptions): TreeContext {
  const random = seededRandom(options.seed);
  return {
    ...options,
    // Box and Muller, “A Note on the Generation of Random Normal Deviates”, 1958.
    normal: () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
    channels: (wanted) => Math.max(8, Math.ceil((wanted * options.width) / 8) * 8),
    repeats: (wanted) => (wanted > 1 ? Math.max(1, Math.round(wanted * options.depth)) : wanted),
  };
}
