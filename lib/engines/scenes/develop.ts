import type { SceneRandom } from '@/lib/engines/scenes/random';
import type { Picture } from '@/lib/engines/scenes/raster/picture';

/** What a camera does to a picture. */
export type Development = {
  /** Standard deviation of the noise, in steps of 0–255. */
  readonly noise: number;
  /** Passes of a 3 × 3 blur. */
  readonly blur: 0 | 1 | 2;
  readonly brightness: number;
  readonly contrast: number;
  /** How much darker the corners are, 0–1. */
  readonly vignette: number;
};

export const cleanDevelopment: Development = { noise: 0, blur: 0, brightness: 1, contrast: 1, vignette: 0.08 };

export function randomDevelopment(random: SceneRandom): Development {
  return {
    noise: random.chance(0.5) ? random.between(0.5, 7) : 0,
    blur: random.chance(0.12) ? 1 : 0,
    brightness: random.between(0.9, 1.08),
    contrast: random.between(0.92, 1.08),
    vignette: random.between(0, 0.2),
  };
}

/** The picture as plain pixels: rows of red, green, blue. */
export function develop(
  picture: Picture,
  development: Development,
  random: SceneRandom,
): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, colours } = picture;
  const { noise, brightness, contrast, vignette } = development;
  for (let pass = 0; pass < development.blur; pass++) blur(picture);
  const pixels = new Uint8ClampedArray(3 * width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const down = (2 * y) / height - 1;
    for (let x = 0; x < width; x++, at += 3) {
      const across = (2 * x) / width - 1;
      const gain = contrast * brightness * (1 - vignette * 0.5 * (across * across + down * down));
      const lift = 128 * (1 - contrast) + (noise === 0 ? 0 : noise * grain(random));
      pixels[at] = colours[at] * gain + lift;
      pixels[at + 1] = colours[at + 1] * gain + lift;
      pixels[at + 2] = colours[at + 2] * gain + lift;
    }
  }
  return pixels;
}

/** Of standard deviation 1, from one choice: the sum of its upper and its lower half, evenly spread both. */
function grain(random: SceneRandom): number {
  const choice = random.next() * 0x1_0000;
  const upper = Math.floor(choice);
  return Math.sqrt(6) * (upper / 0x1_0000 + (choice - upper) - 1);
}

/** The binomial kernel 1 2 1 along rows, then along columns. */
function blur({ width, height, colours }: Picture): void {
  blurLines(colours, height, 3 * width, width, 3);
  blurLines(colours, width, 3, height, 3 * width);
}

function blurLines(values: Float32Array, lines: number, perLine: number, count: number, step: number): void {
  for (let line = 0; line < lines; line++) {
    for (let channel = 0; channel < 3; channel++) {
      const start = line * perLine + channel;
      let before = values[start];
      for (let k = 0, at = start; k < count; k++, at += step) {
        const here = values[at];
        const after = k + 1 < count ? values[at + step] : here;
        values[at] = 0.25 * before + 0.5 * here + 0.25 * after;
        before = here;
      }
    }
  }
}
