import { mul } from '@/lib/engines/graph/elementwise';
import { averagePool } from '@/lib/engines/graph/pooling';
import type { Value } from '@/lib/engines/graph/value';
import { textAttribute } from '@/lib/engines/training/gradients/attribute-values';
import {
  type BackwardStep,
  GradientError,
  type GradientRules,
  inputOf,
  lengthsOf,
  outputGradient,
  outputOf,
} from '@/lib/engines/training/gradients/gradient-rule';

/** Gradients of Resize: of enlarging by whole factors, every element repeated. */
export const resizeGradients: GradientRules = {
  Resize: (step) => [() => repeatedGradient(step), null, null, null],
};

/** The sum over each element's copies, as their mean times their number: pools are fast everywhere. */
function repeatedGradient(step: BackwardStep): Value {
  const { g, operation } = step;
  const small = lengthsOf(step, inputOf(step, 0));
  const large = lengthsOf(step, outputOf(step));
  const factors = large.map((length, axis) => length / (small[axis] ?? 1));
  const [batch, channels, rows = 0, columns = 0] = factors;
  const repeats =
    textAttribute(operation, 'mode', 'nearest') === 'nearest' &&
    textAttribute(operation, 'nearest_mode', 'round_prefer_floor') === 'floor' &&
    textAttribute(operation, 'coordinate_transformation_mode', 'half_pixel') === 'asymmetric';
  const areWhole = factors.length === 4 && factors.every(Number.isInteger) && batch === 1 && channels === 1;
  if (!repeats || !areWhole) throw new GradientError(operation, 'is known for repeating every element of a map only');
  const means = averagePool(g, outputGradient(step), { kernel: [rows, columns], stride: [rows, columns] });
  return mul(g, means, rows * columns);
}
