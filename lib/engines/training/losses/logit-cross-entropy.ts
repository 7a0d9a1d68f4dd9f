import { mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import { softplusOfLogits } from '@/lib/engines/training/losses/softplus-of-logits';

/**
 * Binary cross-entropy of logits with targets 0–1, element by element: ln(1 + eˣ) − x·t, which is that of σ(x) but stays exact
 * where σ(x) is rounded to 0 or 1.
 */
export function logitCrossEntropy(g: GraphBuilder, logits: Value, targets: Value): Value {
  return sub(g, softplusOfLogits(g, logits), mul(g, logits, targets));
}
