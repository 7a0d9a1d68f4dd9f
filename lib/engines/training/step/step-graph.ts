import { concat, reshape } from '@/lib/engines/graph/arrangement';
import { floats } from '@/lib/engines/graph/constants';
import { add, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { reduceSum } from '@/lib/engines/graph/reduce';
import { sqrt } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';
import { differentiate } from '@/lib/engines/training/gradients/differentiate';
import type { GradientForms } from '@/lib/engines/training/gradients/gradient-forms';
import type { LossParts } from '@/lib/engines/training/losses/loss-parts';
import type { TrainingNetwork } from '@/lib/engines/training/network/build-training-network';
import type { ParameterLayout } from '@/lib/engines/training/network/parameter-layout';
import { graphBytes } from '@/lib/engines/training/step/graph-bytes';

/** Outputs of the step's graph beside the items of its loss, which are `item/<name>`. */
export const stepOutputs = {
  /** The sum of gradients that was fed, plus this batch's: [parameters]. */
  gradient: 'nextGradient',
  /** Its length, one number; not finite where any of its elements is not. */
  gradientNorm: 'gradientNorm',
  /** Running statistics after this batch: [statistics]. */
  statistics: 'nextStatistics',
} as const;

/** The name of the output for an item of the loss. */
export function itemOutput(name: string): string {
  return `item/${name}`;
}

/**
 * Completes a network and its loss to the graph of a step: forward, loss, backward. Inputs are `images`, the labels, the
 * vectors `parameters`, `gradient` (what was summed since parameters last changed, zeros after that) and `statistics`; outputs are
 * `stepOutputs` and the items of the loss. What changes the parameters is a graph of its own (`updateGraph`): with small batches it
 * runs less often.
 *
 * Throws a `GradientError` where an operation between parameters and loss has no known gradient.
 */
export function stepGraph(network: TrainingNetwork, loss: LossParts, forms: GradientForms): Uint8Array {
  const { graph, layout } = network;
  const constants = [...network.detached, ...loss.constants];
  const gradients = differentiate(graph, loss.loss, network.parameters, { forms, constants });
  const step = graph.within('step');
  const before = graph.input('gradient', { elementType: 'float32', shape: [layout.parameterCount] });
  const flat = concat(
    step,
    gradients.map((gradient, index) => reshape(step, gradient, [layout.parameters[index].length])),
    0,
  );
  const sum = add(step, before, flat);
  graph.output(stepOutputs.gradient, sum);
  graph.output(stepOutputs.gradientNorm, sqrt(step, reduceSum(step, mul(step, sum, sum), [0])));
  if (layout.statisticCount > 0) graph.output(stepOutputs.statistics, nextStatistics(step, network));
  for (const { name, value } of loss.items) graph.output(itemOutput(name), value);
  return graphBytes(graph);
}

/** running + momentum·(batch − running) for each statistic; of the variance the unbiased one, as torch keeps it. */
function nextStatistics(g: GraphBuilder, { layout, statistics }: TrainingNetwork): Value {
  const running = g.input('statistics', { elementType: 'float32', shape: [layout.statisticCount] });
  const seen = statistics.flatMap(({ mean, variance, elements }) => [
    mean,
    mul(g, variance, elements / Math.max(elements - 1, 1)),
  ]);
  const change = sub(g, concat(g, seen, 0), running);
  return add(g, running, mul(g, change, momenta(g, layout)));
}

/** One number where all normalisations share it, which most networks have, else one for each statistic. */
function momenta(g: GraphBuilder, { norms, statisticCount }: ParameterLayout): Value | number {
  const [first] = norms;
  if (norms.every(({ momentum }) => momentum === first.momentum)) return first.momentum;
  const each = new Float32Array(statisticCount);
  for (const { mean, variance, momentum } of norms) {
    for (const { offset, length } of [mean, variance]) each.fill(momentum, offset, offset + length);
  }
  return floats(g, [statisticCount], each);
}
