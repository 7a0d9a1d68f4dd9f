import { present } from '@/lib/core/assert';
import { float } from '@/lib/engines/graph/attributes';
import { scalar } from '@/lib/engines/graph/constants';
import { add, broadcast, mul } from '@/lib/engines/graph/elementwise';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { erf, tanh, unary } from '@/lib/engines/graph/unary';
import type { Value } from '@/lib/engines/graph/value';

export function sigmoid(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Sigmoid', x);
}

/** x·σ(x), as the two nodes that runtimes recognise and fuse; the composite's second output is σ(x). */
export function silu(g: GraphBuilder, x: Value): Value {
  const [y] = g.composite('Silu', [x], () => {
    const gate = sigmoid(g, x);
    return [mul(g, x, gate), gate];
  });
  return present(y, 'x·σ(x)');
}

export function relu(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Relu', x);
}

export function leakyRelu(g: GraphBuilder, x: Value, slope: number): Value {
  return unary(g, 'LeakyRelu', x, { alpha: float(slope) });
}

/** max(0, x) + slope·min(0, x) with a slope of its own for every channel. */
export function prelu(g: GraphBuilder, x: Value, slope: Value): Value {
  const shape = broadcast(g, 'PRelu', [x.shape, slope.shape]);
  return g.node('PRelu', [x, slope], { elementType: x.elementType, shape });
}

export function elu(g: GraphBuilder, x: Value, alpha: number): Value {
  return unary(g, 'Elu', x, { alpha: float(alpha) });
}

export function softplus(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Softplus', x);
}

/** The value between two limits; null leaves a side open. */
export function clip(g: GraphBuilder, x: Value, low: number | null, high: number | null): Value {
  const limits = [low, high].map((limit) => (limit === null ? null : scalar(g, x.elementType, limit)));
  return g.node('Clip', [x, ...limits], { elementType: x.elementType, shape: x.shape });
}

/** clip(x / 6 + 1 / 2, 0, 1). */
export function hardSigmoid(g: GraphBuilder, x: Value): Value {
  return unary(g, 'HardSigmoid', x, { alpha: float(1 / 6), beta: float(0.5) });
}

/** x·hardSigmoid(x). */
export function hardSwish(g: GraphBuilder, x: Value): Value {
  return g.opset >= 14 ? unary(g, 'HardSwish', x) : mul(g, x, hardSigmoid(g, x));
}

/** x·tanh(softplus(x)). */
export function mish(g: GraphBuilder, x: Value): Value {
  return g.opset >= 18 ? unary(g, 'Mish', x) : mul(g, x, tanh(g, softplus(g, x)));
}

/** x·Φ(x) with the normal distribution function Φ, not its approximation by tanh. */
export function gelu(g: GraphBuilder, x: Value): Value {
  if (g.opset >= 20) return unary(g, 'Gelu', x);
  const distribution = add(g, erf(g, mul(g, x, Math.SQRT1_2)), 1);
  return mul(g, mul(g, x, distribution), 0.5);
}
