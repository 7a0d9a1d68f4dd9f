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
    const high = Math.max(r, g, b);
    const chroma = high - Math.min(r, g, b);
    const newHigh = Math.min(1, high * value);
    if (chroma === 0) {
      data[red] = newHigh;
      data[green] = newHigh;
      data[blue] = newHigh;
      continue;
    }
    const newChroma = newHigh * Math.min(1, (chroma / high) * saturation);
    let sixth = turn + hueOf(r, g, b, high, chroma);
    if (sixth >= 6) sixth -= 6;
    data[red] = newHigh - newChroma * lack(sixth + 5);
    data[green] = newHigh - newChroma * lack(sixth + 3);
    data[blue] = newHigh - newChroma * lack(sixth + 1);
  }
}

/** In sixths of the circle, 0 to before 6. */
function hueOf(r: number, g: number, b: number, high: number, chroma: number): number {
  if (high === r) {
    const sixth = (g - b) / chroma;
    return sixth < 0 ? sixth + 6 : sixth;
  }
  return high === g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
}

/** How much of the chroma a channel lacks at a hue that is counted from the channel's own beginning. */
function lack(sixth: number): number {
  const within = sixth >= 6 ? sixth - 6 : sixth;
  return Math.max(0, Math.min(within, 4 - within, 1));
}
