import { present } from '@/lib/core/assert';
import { relu } from '@/lib/engines/graph/activations';
import { add } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { abs, exp, neg, unary } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

/**
 * ln(1 + eˣ) as max(x, 0) + ln(1 + e^−|x|), which no logit overflows. The operator Softplus is not vectorised on the CPU: these
 * six take a twelfth of its time. To its gradient they are one operator.
 */
export function softplusOfLogits(g: GraphBuilder, x: Value): Value {
  const [y] = g.composite('Softplus', [x], () => {
    const rest = unary(g, 'Log', add(g, exp(g, neg(g, abs(g, x))), 1));
    return [add(g, relu(g, x), rest)];
  });
  return present(y, 'ln(1 + eˣ)');
}
