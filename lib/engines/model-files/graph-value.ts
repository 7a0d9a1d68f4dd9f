/** What is known of a value in a graph before it runs: its shape, and its numbers where it is a shape, axes or scales itself. */
export type GraphValue = { readonly shape: readonly number[]; readonly values: readonly number[] | null };

/** Longer lists are data, not shapes. */
const maxValues = 256;

export function shapedValue(shape: readonly number[], values: readonly number[] | null = null): GraphValue {
  return { shape, values: values !== null && values.length === elementsOf(shape) ? values : null };
}

/** A list of numbers as a value with one axis. */
export function listOf(values: readonly number[]): GraphValue {
  return shapedValue([values.length], values.length > maxValues ? null : values);
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** An axis counted from the front; negative ones count from behind. */
export function axisIndex(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** The shape of an element-wise operation, or null where the shapes do not fit. */
export function broadcastShape(shapes: readonly (readonly number[])[]): readonly number[] | null {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const broadcast: number[] = [];
  for (let axis = 0; axis < rank; axis += 1) {
    const lengths = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const length = lengths.find((candidate) => candidate !== 1) ?? 1;
    if (lengths.some((candidate) => candidate !== 1 && candidate !== length)) return null;
    broadcast.push(length);
  }
  return broadcast;
}

/** The numbers of an element-wise operation on small lists and single numbers; null where they are not known. */
export function elementwise(
  operands: readonly GraphValue[],
  shape: readonly number[],
  compute: (numbers: readonly number[]) => number,
): readonly number[] | null {
  const count = elementsOf(shape);
  const lists = operands.map((operand) => operand.values);
  const isSimple = lists.every((list) => list !== null && (list.length === count || list.length === 1));
  if (count > maxValues || !isSimple) return null;
  return Array.from({ length: count }, (_, index) =>
    compute(lists.map((list) => (list?.length === 1 ? list[0] : list?.[index]) ?? 0)),
  );
}
