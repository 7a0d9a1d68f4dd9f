import { scalar } from '@/lib/engines/graph/constants';
import { type Extent, sameExtent, shapeText } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { assertShape } from '@/lib/engines/graph/shape-error';
import type { Value } from '@/lib/engines/graph/value';
import type { ElementType } from '@/lib/engines/model-files/model-facts';

/** A value, or a number that takes the element type of the other operand. */
export type Operand = Value | number;

export function add(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Add', a, b);
}

export function sub(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Sub', a, b);
}

export function mul(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Mul', a, b);
}

/** The quotient; of integers it is cut towards zero. */
export function div(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Div', a, b);
}

/** The rest of an integer division, with the sign of the divisor. */
export function mod(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Mod', a, b);
}

export function pow(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Pow', a, b);
}

export function max(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Max', a, b);
}

export function min(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Min', a, b);
}

export function equal(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Equal', a, b, 'bool');
}

export function greater(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Greater', a, b, 'bool');
}

export function greaterOrEqual(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'GreaterOrEqual', a, b, 'bool');
}

export function less(g: GraphBuilder, a: Operand, b: Operand): Value {
  return binary(g, 'Less', a, b, 'bool');
}

export function and(g: GraphBuilder, a: Value, b: Value): Value {
  return binary(g, 'And', a, b);
}

export function or(g: GraphBuilder, a: Value, b: Value): Value {
  return binary(g, 'Or', a, b);
}

/** `yes` where the condition holds, else `no`. */
export function where(g: GraphBuilder, condition: Value, yes: Operand, no: Operand): Value {
  const [whenTrue, whenFalse] = operands(g, 'Where', yes, no);
  assertShape(g, 'Where', condition.elementType === 'bool', `the condition is ${condition.elementType}`);
  const shape = broadcast(g, 'Where', [condition.shape, whenTrue.shape, whenFalse.shape]);
  return g.node('Where', [condition, whenTrue, whenFalse], { elementType: whenTrue.elementType, shape });
}

/** The shape of what an operator makes of values of these shapes, each stretched along its axes of length 1. */
export function broadcast(
  g: GraphBuilder,
  operator: string,
  shapes: readonly (readonly Extent[])[],
): readonly Extent[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const extents = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const extent = extents.find((candidate) => candidate !== 1) ?? 1;
    const fits = extents.every((candidate) => candidate === 1 || sameExtent(candidate, extent));
    assertShape(g, operator, fits, `shapes ${shapes.map(shapeText).join(' and ')} do not broadcast`);
    return extent;
  });
}

function binary(g: GraphBuilder, operator: string, a: Operand, b: Operand, result?: ElementType): Value {
  const [left, right] = operands(g, operator, a, b);
  const shape = broadcast(g, operator, [left.shape, right.shape]);
  return g.node(operator, [left, right], { elementType: result ?? left.elementType, shape });
}

function operands(g: GraphBuilder, operator: string, a: Operand, b: Operand): readonly [Value, Value] {
  const reference = typeof a === 'number' ? b : a;
  assertShape(g, operator, typeof reference !== 'number', 'one operand at least is a value');
  const [left, right] = [asValue(g, a, reference.elementType), asValue(g, b, reference.elementType)];
  const fits = left.elementType === right.elementType;
  assertShape(g, operator, fits, `operands are ${left.elementType} and ${right.elementType}`);
  return [left, right];
}

function asValue(g: GraphBuilder, operand: Operand, elementType: ElementType): Value {
  return typeof operand === 'number' ? scalar(g, elementType, operand) : operand;
}
