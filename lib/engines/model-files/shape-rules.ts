import { arrangementRules } from '@/lib/engines/model-files/arrangement-rules';
import {
  broadcastShape,
  elementwise,
  type GraphValue,
  listOf,
  shapedValue,
} from '@/lib/engines/model-files/graph-value';
import type { NodeView, ShapeRule } from '@/lib/engines/model-files/node-view';
import { nodeView } from '@/lib/engines/model-files/node-view';
import type { GraphNode } from '@/lib/engines/model-files/read-graph-nodes';
import { windowRules } from '@/lib/engines/model-files/window-rules';

/** Operators whose output has the shape of their first input. */
const sameShape = [
  ...[
    'Sigmoid',
    'Relu',
    'LeakyRelu',
    'Tanh',
    'Exp',
    'Log',
    'Sqrt',
    'Abs',
    'Round',
    'Erf',
    'Clip',
    'Elu',
    'Selu',
    'Celu',
  ],
  ...['Softplus', 'Softsign', 'Mish', 'Gelu', 'HardSwish', 'HardSigmoid', 'ThresholdedRelu', 'Swish', 'Sign', 'Not'],
  ...[
    'Sin',
    'Cos',
    'Tan',
    'Atan',
    'Asin',
    'Acos',
    'Reciprocal',
    'CumSum',
    'IsNaN',
    'IsInf',
    'Trilu',
    'Dropout',
    'PRelu',
  ],
  ...[
    'Softmax',
    'LogSoftmax',
    'BatchNormalization',
    'InstanceNormalization',
    'LayerNormalization',
    'GroupNormalization',
  ],
  ...['LRN', 'LpNormalization', 'ScatterND', 'ScatterElements', 'QuantizeLinear', 'DequantizeLinear', 'CastLike'],
  ...['com.microsoft.QLinearSigmoid', 'com.microsoft.QLinearAdd', 'com.microsoft.QLinearMul'],
];

/** Operators that keep shape and numbers alike; for a shape, what kind of integer it is changes nothing. */
const sameValue = ['Identity', 'Cast'];

/** Element-wise operators with what they do to single numbers. */
const arithmetic: Readonly<Record<string, (numbers: readonly number[]) => number>> = {
  Add: ([a, b]) => a + b,
  Sub: ([a, b]) => a - b,
  Mul: ([a, b]) => a * b,
  Div: ([a, b]) => a / b,
  Mod: ([a, b]) => a - b * Math.floor(a / b),
  Pow: ([a, b]) => a ** b,
  Min: (numbers) => Math.min(...numbers),
  Max: (numbers) => Math.max(...numbers),
  Sum: (numbers) => numbers.reduce((sum, number) => sum + number, 0),
  Mean: (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length,
  Equal: ([a, b]) => Number(a === b),
  Greater: ([a, b]) => Number(a > b),
  GreaterOrEqual: ([a, b]) => Number(a >= b),
  Less: ([a, b]) => Number(a < b),
  LessOrEqual: ([a, b]) => Number(a <= b),
  And: ([a, b]) => Number(a !== 0 && b !== 0),
  Or: ([a, b]) => Number(a !== 0 || b !== 0),
  Xor: ([a, b]) => Number((a !== 0) !== (b !== 0)),
  Where: ([condition, yes, no]) => (condition === 0 ? no : yes),
};

/** Single numbers on which exporters compute sizes. */
const unary: Readonly<Record<string, (number: number) => number>> = {
  Floor: Math.floor,
  Ceil: Math.ceil,
  Neg: (number) => -number,
};

const rules: ReadonlyMap<string, ShapeRule> = new Map<string, ShapeRule>([
  ...sameShape.map((operator): [string, ShapeRule] => [operator, ({ shape }) => one(shape(0))]),
  ...sameValue.map((operator): [string, ShapeRule] => [operator, ({ inputs }) => (inputs[0] ? [inputs[0]] : null)]),
  ...Object.entries(arithmetic).map(([operator, compute]): [string, ShapeRule] => [
    operator,
    (node) => elementwiseRule(node, operator === 'Div' ? divide(node, compute) : compute),
  ]),
  ...Object.entries(unary).map(([operator, compute]): [string, ShapeRule] => [
    operator,
    (node) => elementwiseRule(node, ([number]) => compute(number)),
  ]),
  ['Constant', constantRule],
  [
    'DynamicQuantizeLinear',
    ({ shape }) => (shape(0) === null ? null : [shapedValue(shape(0) ?? []), shapedValue([]), shapedValue([])]),
  ],
  ...Object.entries(windowRules),
  ...Object.entries(arrangementRules),
]);

/**
 * Shapes of a node's outputs, as far as they follow from its inputs; null where they depend on the data or the operator is not
 * known here. Never throws on a foreign graph: what contradicts itself is null.
 */
export function outputValues(
  node: GraphNode,
  inputs: readonly (GraphValue | null)[],
): readonly (GraphValue | null)[] | null {
  const rule = rules.get(node.operator);
  const values = rule?.(nodeView(node, inputs)) ?? null;
  const isPlausible = values?.every((value) => value === null || value.shape.every(isLength)) ?? false;
  return isPlausible ? values : null;
}

/** The most elements of an axis that a tensor in memory could have. */
const longestAxis = 2 ** 40;

function isLength(length: number): boolean {
  return Number.isInteger(length) && length >= 0 && length <= longestAxis;
}

function one(shape: readonly number[] | null): readonly GraphValue[] | null {
  return shape === null ? null : [shapedValue(shape)];
}

function elementwiseRule({ inputs }: NodeView, compute: (numbers: readonly number[]) => number) {
  const operands = inputs.flatMap((input) => (input === null ? [] : [input]));
  if (operands.length !== inputs.length) return null;
  const shape = broadcastShape(operands.map((operand) => operand.shape));
  return shape === null ? null : [shapedValue(shape, elementwise(operands, shape, compute))];
}

/** Sizes are divided as integers; scales, which are not whole, as they are. */
function divide({ inputs }: NodeView, compute: (numbers: readonly number[]) => number): typeof compute {
  const areWhole = inputs.every((input) => input?.values?.every(Number.isInteger) ?? false);
  return areWhole ? (numbers) => Math.trunc(compute(numbers)) : compute;
}

function constantRule({ attribute, ints }: NodeView): readonly GraphValue[] | null {
  const tensor = attribute('value');
  if (typeof tensor === 'object' && 'dims' in tensor) return [shapedValue(tensor.dims, tensor.values)];
  const single = attribute('value_int');
  if (typeof single === 'number') return [shapedValue([], [single])];
  const list = ints('value_ints');
  return list === null ? null : [listOf(list)];
}
