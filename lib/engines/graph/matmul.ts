import { int } from '@/lib/engines/graph/attributes';
import { broadcast } from '@/lib/engines/graph/elementwise';
import { sameExtent, shapeText } from '@/lib/engines/graph/extent';
import type { GraphBuilder } from '@/lib/engines/graph/graph-builder';
import { assertShape } from '@/lib/engines/graph/shape-error';
import type { Value } from '@/lib/engines/graph/value';

/** The matrix product over the last two axes; the axes before them broadcast. */
export function matmul(g: GraphBuilder, a: Value, b: Value): Value {
  const [rows, inner] = a.shape.slice(-2);
  const [depth, columns] = b.shape.slice(-2);
  const areMatrices = rows !== undefined && inner !== undefined && depth !== undefined && columns !== undefined;
  const found = `${shapeText(a.shape)} by ${shapeText(b.shape)}`;
  assertShape(g, 'MatMul', areMatrices && sameExtent(inner, depth), found);
  const batch = broadcast(g, 'MatMul', [a.shape.slice(0, -2), b.shape.slice(0, -2)]);
  return g.node('MatMul', [a, b], { elementType: a.elementType, shape: [...batch, rows, columns] });
}

/** A fully connected layer: [batch, C] by a weight [M, C], plus a bias [M] or none. */
export function linear(g: GraphBuilder, x: Value, weight: Value, bias: Value | null): Value {
  const [batch, channels, ...others] = x.shape;
  const [units, depth] = weight.shape;
  const fits =
    batch !== undefined &&
    channels !== undefined &&
    units !== undefined &&
    depth !== undefined &&
    others.length === 0 &&
    sameExtent(channels, depth);
  assertShape(g, 'Gemm', fits, `${shapeText(x.shape)} by ${shapeText(weight.shape)} transposed`);
  const biasFits = bias === null || (bias.shape.length === 1 && bias.shape[0] === units);
  assertShape(g, 'Gemm', biasFits, `a bias for ${units} units has the shape ${shapeText(bias?.shape ?? [])}`);
  const inputs = bias === null ? [x, weight] : [x, weight, bias];
  return g.node('Gemm', inputs, { elementType: x.elementType, shape: [batch, units] }, { transB: int(1) });
}
