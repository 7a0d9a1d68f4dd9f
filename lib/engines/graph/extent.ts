/**
 * The length of an axis: a number, or an expression of lengths that are known only when the graph runs.
 */
export type Extent = number | SymbolicExtent;

/**
 * A polynomial with whole coefficients over named lengths. An image whose height is a multiple of 32 has the extent
 * 32·h, so that halving it five times stays exact, and the anchors of a network (21·h·w) can be compared and divided.
 */
export type SymbolicExtent = {
  readonly kind: 'symbolic';
  /** Coefficient by the product of names it multiplies, sorted and joined by `productSign`; '' is the constant term. */
  readonly terms: ReadonlyMap<string, number>;
};

const productSign = '·';

/** A length with a name of its own, in multiples of `unit`: `symbolicExtent('height/32', 32)`. */
export function symbolicExtent(name: string, unit = 1): SymbolicExtent {
  return { kind: 'symbolic', terms: new Map([[name, unit]]) };
}

export function addExtents(...extents: readonly Extent[]): Extent {
  const sum = new Map<string, number>();
  for (const extent of extents) {
    for (const [product, coefficient] of termsOf(extent)) sum.set(product, (sum.get(product) ?? 0) + coefficient);
  }
  return extentOf(sum);
}

export function multiplyExtents(...extents: readonly Extent[]): Extent {
  return extents.reduce<Extent>(multiplyTwo, 1);
}

/** The quotient where the division leaves no rest for any value of the names, else null. */
export function divideExtents(dividend: Extent, divisor: Extent): Extent | null {
  const [factor, ...others] = termsOf(divisor);
  if (factor === undefined) return null;
  if (others.length > 0) return sameExtent(dividend, divisor) ? 1 : null;
  const [divisorNames, divisorCoefficient] = [namesOf(factor[0]), factor[1]];
  const quotient = new Map<string, number>();
  for (const [product, coefficient] of termsOf(dividend)) {
    const names = withoutNames(namesOf(product), divisorNames);
    if (names === null || coefficient % divisorCoefficient !== 0) return null;
    quotient.set(names.join(productSign), coefficient / divisorCoefficient);
  }
  return extentOf(quotient);
}

/** ⌊extent ÷ divisor⌋. Where the rest depends on the names, the quotient is a name of its own. */
export function floorDivideExtent(extent: Extent, divisor: number): Extent {
  if (typeof extent === 'number') return Math.floor(extent / divisor);
  const constant = extent.terms.get('') ?? 0;
  const whole = divideExtents(addExtents(extent, -constant), divisor);
  if (whole === null) return symbolicExtent(`floor((${extentText(extent)})/${divisor})`);
  return addExtents(whole, Math.floor(constant / divisor));
}

/** Whether two extents are equal for every value of their names. */
export function sameExtent(a: Extent, b: Extent): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a === b;
  if (a.terms.size !== b.terms.size) return false;
  for (const [product, coefficient] of a.terms) if (b.terms.get(product) !== coefficient) return false;
  return true;
}

/** The extent as files and messages write it: `32*(height/32)`. */
export function extentText(extent: Extent): string {
  if (typeof extent === 'number') return String(extent);
  return [...extent.terms].map(termText).join(' + ');
}

/** A shape as messages write it: `[batch, 3, 640, 640]`. */
export function shapeText(shape: readonly Extent[]): string {
  return `[${shape.map(extentText).join(', ')}]`;
}

/** The number of elements of a tensor of this shape. */
export function elementCount(shape: readonly Extent[]): Extent {
  return multiplyExtents(...shape);
}

function termsOf(extent: Extent): ReadonlyMap<string, number> {
  if (typeof extent !== 'number') return extent.terms;
  return extent === 0 ? new Map() : new Map([['', extent]]);
}

function extentOf(terms: ReadonlyMap<string, number>): Extent {
  const present = new Map([...terms].filter(([, coefficient]) => coefficient !== 0));
  const isNumber = present.size === 0 || (present.size === 1 && present.has(''));
  return isNumber ? (present.get('') ?? 0) : { kind: 'symbolic', terms: present };
}

function multiplyTwo(a: Extent, b: Extent): Extent {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  const product = new Map<string, number>();
  for (const [left, leftCoefficient] of termsOf(a)) {
    for (const [right, rightCoefficient] of termsOf(b)) {
      const names = [...namesOf(left), ...namesOf(right)].sort().join(productSign);
      product.set(names, (product.get(names) ?? 0) + leftCoefficient * rightCoefficient);
    }
  }
  return extentOf(product);
}

function namesOf(product: string): readonly string[] {
  return product === '' ? [] : product.split(productSign);
}

/** The factors that are left when others are taken out once each; null where one of them is missing. */
function withoutNames(names: readonly string[], taken: readonly string[]): readonly string[] | null {
  const left = [...names];
  for (const name of taken) {
    const position = left.indexOf(name);
    if (position < 0) return null;
    left.splice(position, 1);
  }
  return left;
}

function termText([product, coefficient]: readonly [string, number]): string {
  const names = namesOf(product).map((name) => (/^\w+$/.test(name) ? name : `(${name})`));
  const isPlainProduct = coefficient === 1 && names.length > 0;
  return (isPlainProduct ? names : [String(coefficient), ...names]).join('*');
}
