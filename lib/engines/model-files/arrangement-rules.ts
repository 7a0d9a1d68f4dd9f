import { axisIndex, elementsOf, listOf, shapedValue } from '@/lib/engines/model-files/graph-value';
import type { NodeView, ShapeRule } from '@/lib/engines/model-files/node-view';
import { selectionRules } from '@/lib/engines/model-files/selection-rules';

/** Operators that lay the same elements out anew, or repeat them. */
export const arrangementRules: Readonly<Record<string, ShapeRule>> = {
  ...selectionRules,
  Shape: shapeOfShape,
  Size: ({ shape }) => withShape(shape(0), (input) => shapedValue([], [elementsOf(input)])),
  Concat: concatenation,
  Reshape: reshaped,
  Flatten: ({ shape, int }) =>
    withShape(shape(0), (input) => {
      const axis = axisIndex(int('axis', 1), input.length);
      return shapedValue([elementsOf(input.slice(0, axis)), elementsOf(input.slice(axis))]);
    }),
  Transpose: ({ shape, ints }) =>
    withShape(shape(0), (input) => {
      const order = ints('perm') ?? input.map((_, axis) => input.length - 1 - axis);
      return shapedValue(order.map((axis) => input[axis]));
    }),
  Unsqueeze: unsqueezed,
  Squeeze: squeezed,
  Expand: expanded,
  Tile: ({ shape, values }) => withList(shape(0), values(1), (length, repeats) => length * repeats),
  Pad: padded,
  Resize: (node) => resized(node, 2, 3),
  Upsample: (node) => resized(node, 1, -1),
  DepthToSpace: ({ shape, int }) => blocks(shape(0), int('blocksize', 1), 1),
  SpaceToDepth: ({ shape, int }) => blocks(shape(0), int('blocksize', 1), -1),
  ConstantOfShape: ({ values }) => withShape(values(0), (shape) => shapedValue(shape)),
  Range: ({ values }) => {
    const [start, limit, step] = [values(0)?.[0], values(1)?.[0], values(2)?.[0]];
    if (start === undefined || limit === undefined || step === undefined) return null;
    const count = Math.max(0, Math.ceil((limit - start) / step));
    return count > 256
      ? [shapedValue([count])]
      : [listOf(Array.from({ length: count }, (_, index) => start + index * step))];
  },
};

function withShape(
  shape: readonly number[] | null,
  make: (shape: readonly number[]) => ReturnType<typeof shapedValue>,
) {
  return shape === null ? null : [make(shape)];
}

function withList(
  shape: readonly number[] | null,
  list: readonly number[] | null,
  make: (length: number, entry: number) => number,
): ReturnType<ShapeRule> {
  if (shape === null || list === null || list.length !== shape.length) return null;
  return [shapedValue(shape.map((length, axis) => make(length, list[axis])))];
}

function shapeOfShape({ shape, int }: NodeView): ReturnType<ShapeRule> {
  return withShape(shape(0), (input) => {
    const start = axisIndex(int('start', 0), input.length);
    return listOf(input.slice(start, axisIndex(int('end', input.length), input.length)));
  });
}

function concatenation({ inputs, int }: NodeView): ReturnType<ShapeRule> {
  const parts = inputs.flatMap((input) => (input === null ? [] : [input]));
  const [first] = parts;
  if (parts.length !== inputs.length || first === undefined) return null;
  const axis = axisIndex(int('axis', 0), first.shape.length);
  const length = parts.reduce((sum, part) => sum + (part.shape[axis] ?? Number.NaN), 0);
  const shape = first.shape.map((own, index) => (index === axis ? length : own));
  const areLists = parts.every((part) => part.shape.length === 1 && part.values !== null);
  return [shapedValue(shape, areLists ? parts.flatMap((part) => part.values ?? []) : null)];
}

/** 0 keeps an axis, −1 takes what is left. */
function reshaped({ inputs, listAt, int }: NodeView): ReturnType<ShapeRule> {
  const input = inputs[0];
  const target = listAt('shape', 1);
  if (input === null || input === undefined || target === null) return null;
  const kept = target.map((length, axis) => (length === 0 && int('allowzero', 0) === 0 ? input.shape[axis] : length));
  const rest = elementsOf(input.shape) / elementsOf(kept.filter((length) => length !== -1));
  return [
    shapedValue(
      kept.map((length) => (length === -1 ? rest : length)),
      input.values,
    ),
  ];
}

function unsqueezed({ inputs, listAt }: NodeView): ReturnType<ShapeRule> {
  const input = inputs[0];
  const axes = listAt('axes', 1);
  if (input === null || input === undefined || axes === null) return null;
  const shape = [...input.shape];
  const rank = shape.length + axes.length;
  const places = axes.map((axis) => axisIndex(axis, rank)).sort((a, b) => a - b);
  for (const place of places) shape.splice(place, 0, 1);
  return [shapedValue(shape, input.values)];
}

function squeezed({ inputs, listAt, has }: NodeView): ReturnType<ShapeRule> {
  const input = inputs[0];
  const axes = listAt('axes', 1);
  if (input === null || input === undefined || (axes === null && has(1))) return null;
  const places = axes?.map((axis) => axisIndex(axis, input.shape.length)) ?? null;
  const shape = input.shape.filter((length, axis) => (places === null ? length !== 1 : !places.includes(axis)));
  return [shapedValue(shape, input.values)];
}

function expanded({ shape, values }: NodeView): ReturnType<ShapeRule> {
  const input = shape(0);
  const target = values(1);
  if (input === null || target === null) return null;
  const rank = Math.max(input.length, target.length);
  const lengths = Array.from({ length: rank }, (_, axis) => {
    const own = input[axis - rank + input.length] ?? 1;
    const wanted = target[axis - rank + target.length] ?? 1;
    return own === 1 ? wanted : own;
  });
  return [shapedValue(lengths)];
}

function padded({ shape, listAt }: NodeView): ReturnType<ShapeRule> {
  const input = shape(0);
  const pads = listAt('pads', 1);
  if (input === null || pads?.length !== input.length * 2) return null;
  return [shapedValue(input.map((length, axis) => length + pads[axis] + pads[axis + input.length]))];
}

/** Sizes win over scales; an empty list is none. */
function resized({ shape, listAt, values }: NodeView, scalesAt: number, sizesAt: number): ReturnType<ShapeRule> {
  const sizes = values(sizesAt);
  if (sizes !== null && sizes.length > 0) return withList(shape(0), sizes, (_, size) => size);
  return withList(shape(0), listAt('scales', scalesAt), (length, scale) => Math.floor(length * scale));
}

function blocks(input: readonly number[] | null, size: number, direction: 1 | -1): ReturnType<ShapeRule> {
  if (input?.length !== 4) return null;
  const [batch, channels, height, width] = input;
  const side = size ** direction;
  return [shapedValue([batch, channels / side ** 2, height * side, width * side])];
}
