import { present } from '@/lib/core/assert';
import { sigmoid } from '@/lib/engines/graph/activations';
import { max, mul, sub } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { log } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/**
 * Binary cross-entropy of logits with targets 0–1 that do not depend on what is trained, element by element:
 * max(x, 0) − x·t − ln σ(|x|), which stays finite where σ(x) is rounded to 0 or 1. A composite whose second output is σ(x): its
 * gradient is σ(x) − t, and runtimes have a quick sigmoid but a slow softplus, or none.
 */
export function logitCrossEntropy(g: GraphBuilder, logits: Value, targets: Value): Value {
  const [losses] = g.composite('LogitCrossEntropy', [logits, targets], () => {
    const scores = sigmoid(g, logits);
    const certainty = max(g, scores, sub(g, 1, scores));
    const linear = sub(g, max(g, logits, 0), mul(g, logits, targets));
    return [sub(g, linear, log(g, certainty)), scores];
  });
  return present(losses, 'cross-entropy');
}
