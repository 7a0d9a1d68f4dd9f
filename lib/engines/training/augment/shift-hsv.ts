import type { Augmentation } from '@/lib/engines/training/augment/augmentation';
import type { SeededRandom } from '@/lib/engines/training/augment/seeded-random';
import type { Planes } from '@/lib/engines/training/augment/warp-tile';

/** A change of colours: hue turned by a fraction of the circle, saturation and value multiplied. */
export type ColourShift = { readonly hue: number; readonly saturation: number; readonly value: number };

/** A random change within the limits (the package's `RandomHSV`). */
export function randomColourShift(random: SeededRandom, { hsvH, hsvS, hsvV }: Augmentation): ColourShift {
  return {
    hue: random.uniform(-hsvH, hsvH),
    saturation: 1 + random.uniform(-hsvS, hsvS),
    value: 1 + random.uniform(-hsvV, hsvV),
  };
}

/** Changes the colours of an image in place. Grey stays grey; saturation and value end at their maximum. */
export function shiftHsv({ data, side }: Planes, { hue, saturation, value }: ColourShift): void {
  if (hue === 0 && saturation === 1 && value === 1) return;
  const plane = side * side;
  // In sixths of the circle, and never negative, so that one comparison brings a sum back into the circle.
  const turn = 6 * (hue - Math.floor(hue));
  for (let red = 0, green = plane, blue = 2 * plane; red < plane; red++, green++, blue++) {
    const r = data[red];
    const g = data[green];
    const b = data[blue];
    const high = larger(larger(r, g), b);
    const chroma = high - smaller(smaller(r, g), b);
    const newHigh = smaller(high * value, 1);
    if (chroma === 0) {
      data[red] = newHigh;
      data[green] = newHigh;
      data[blue] = newHigh;
      continue;
    }
    const newChroma = newHigh * smaller((chroma / high) * saturation, 1);
    const newLow = newHigh - newChroma;
    const turned = turn + hueOf(r, g, b, high, chroma);
    const sixth = turned < 0 ? turned + 6 : turned >= 6 ? turned - 6 : turned;
    data[red] = newLow + newChroma * share(Math.abs(sixth - 3) - 1);
    data[green] = newLow + newChroma * share(2 - Math.abs(sixth - 2));
    data[blue] = newLow + newChroma * share(2 - Math.abs(sixth - 4));
  }
}

/** In sixths of the circle, −1 to 5: red is 0, green 2, blue 4. */
function hueOf(r: number, g: number, b: number, high: number, chroma: number): number {
  if (high === r) return (g - b) / chroma;
  return high === g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
}

function share(value: number): number {
  return smaller(larger(value, 0), 1);
}

function smaller(one: number, other: number): number {
  // biome-ignore lint/complexity/useMathMinMax: that tells −0 from 0 and looks for NaN, a third of the time of all.
  return one < other ? one : other;
}

function larger(one: number, other: number): number {
  // biome-ignore lint/complexity/useMathMinMax: that tells −0 from 0 and looks for NaN, a third of the time of all.
  return one > other ? one : other;
}
