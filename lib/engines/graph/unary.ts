import type { Attributes } from '@/lib/engines/graph/attributes';
import { int } from '@/lib/engines/graph/attributes';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import type { Value } from '@/lib/engines/graph/value';
import type { ElementType } from '@/lib/engines/model-files/model-facts';
import { dataTypeOf } from '@/lib/engines/model-files/onnx-schema';

export function neg(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Neg', x);
}

export function exp(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Exp', x);
}

export function log(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Log', x);
}

export function sqrt(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Sqrt', x);
}

export function abs(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Abs', x);
}

export function floor(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Floor', x);
}

export function sin(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Sin', x);
}

export function cos(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Cos', x);
}

export function tanh(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Tanh', x);
}

export function erf(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Erf', x);
}

export function reciprocal(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Reciprocal', x);
}

export function not(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Not', x);
}

export function identity(g: GraphBuilder, x: Value): Value {
  return unary(g, 'Identity', x);
}

/** The value in another element type; the value itself where it has that type already. */
export function cast(g: GraphBuilder, x: Value, elementType: ElementType): Value {
  if (x.elementType === elementType) return x;
  return g.node('Cast', [x], { elementType, shape: x.shape }, { to: int(dataTypeOf(elementType)) });
}

/** Appends a node whose output has the shape and type of its one input. */
export function unary(g: GraphBuilder, operator: string, x: Value, attributes: Attributes = {}): Value {
  return g.node(operator, [x], { elementType: x.elementType, shape: x.shape }, attributes);
}
