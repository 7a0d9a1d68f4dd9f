import { oklchToRgb, type Rgb, readableText } from '@/lib/engines/overlay/oklab';

export type ClassColour = Rgb & {
  /** `#rrggbb`. */
  readonly css: string;
  /** What reads best on the colour, at least 4.5:1. */
  readonly text: 'black' | 'white';
};

const GOLDEN_ANGLE_DEGREES = 180 * (3 - Math.sqrt(5));
const CHROMA = 0.16;
/** Class 0 is orange: neither the accent's blue nor a status colour. */
const FIRST_HUE_DEGREES = 42;
/** Hues lie too close for the eye after 24 steps of the golden angle, so the next ring differs in lightness. */
const RING_SIZE = 24;
const RING_LIGHTNESS = [0.74, 0.62, 0.86];

const generated: ClassColour[] = [];

/**
 * The colour of a class, the same everywhere in the product: a fixed function of the class index (≥ 0), with OKLCH
 * lightness 0.74, chroma 0.16 and the hue advanced by the golden angle, which keeps neighbouring indices 137.5° apart.
 */
export function classColour(index: number): ClassColour {
  const known = generated[index];
  if (known) return known;
  const colour = generate(index);
  generated[index] = colour;
  return colour;
}

/** A colour with its CSS form and the text colour that reads on it. */
export function colourFromRgb(rgb: Rgb): ClassColour {
  return { ...rgb, css: toHex(rgb), text: readableText(rgb) };
}

function generate(index: number): ClassColour {
  const ring = Math.floor(index / RING_SIZE) % RING_LIGHTNESS.length;
  const lightness = RING_LIGHTNESS[ring] ?? 0.74;
  const hue = (FIRST_HUE_DEGREES + index * GOLDEN_ANGLE_DEGREES) % 360;
  return colourFromRgb(oklchToRgb({ lightness, chroma: CHROMA, hue }));
}

function toHex({ r, g, b }: Rgb): string {
  return `#${[r, g, b].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
