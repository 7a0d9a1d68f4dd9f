/** A colour in sRGB, 0–255 per channel. */
export type Rgb = { readonly r: number; readonly g: number; readonly b: number };

/** A colour in OKLab: `l` 0–1, `a` and `b` about −0.4 to 0.4. */
export type Oklab = { readonly l: number; readonly a: number; readonly b: number };

/** A colour in OKLCH: lightness 0–1, chroma 0–0.4, hue in degrees. */
export type Oklch = { readonly lightness: number; readonly chroma: number; readonly hue: number };

/** Halvings of the chroma interval: 2^-16 of 0.4 is far below one 8-bit step. */
const GAMUT_STEPS = 16;

/**
 * The nearest sRGB colour of the same lightness and hue: chroma is reduced until the colour fits the gamut, so that
 * generated colours keep their lightness, which clipping channels would change.
 * Formulas: Björn Ottosson, "A perceptual color space for image processing" (2020).
 */
export function oklchToRgb({ lightness, chroma, hue }: Oklch): Rgb {
  const full = linearFromOklch(lightness, chroma, hue);
  if (isInGamut(full)) return encode(full);
  let low = 0;
  let high = chroma;
  for (let step = 0; step < GAMUT_STEPS; step++) {
    const middle = (low + high) / 2;
    if (isInGamut(linearFromOklch(lightness, middle, hue))) low = middle;
    else high = middle;
  }
  return encode(linearFromOklch(lightness, low, hue));
}

/** OKLab of an sRGB colour (Ottosson 2020). */
export function rgbToOklab({ r, g, b }: Rgb): Oklab {
  const red = toLinear(r);
  const green = toLinear(g);
  const blue = toLinear(b);
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

/** ΔE OK: the Euclidean distance in OKLab; about 0.02 is just noticeable. */
export function oklabDistance(first: Rgb, second: Rgb): number {
  const one = rgbToOklab(first);
  const two = rgbToOklab(second);
  return Math.hypot(one.l - two.l, one.a - two.a, one.b - two.b);
}

/** Relative luminance 0–1 and contrast ratio 1–21, as WCAG 2.2 defines them. */
export function contrastRatio(first: Rgb, second: Rgb): number {
  const one = relativeLuminance(first);
  const two = relativeLuminance(second);
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
}

/** Black or white, whichever reads better on the colour. One of them always reaches √21 ≈ 4.58:1. */
export function readableText(background: Rgb): 'black' | 'white' {
  const onBlack = contrastRatio(background, { r: 0, g: 0, b: 0 });
  const onWhite = contrastRatio(background, { r: 255, g: 255, b: 255 });
  return onBlack >= onWhite ? 'black' : 'white';
}

type LinearRgb = readonly [red: number, green: number, blue: number];

function linearFromOklch(lightness: number, chroma: number, hue: number): LinearRgb {
  const radians = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(radians);
  const b = chroma * Math.sin(radians);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function isInGamut([red, green, blue]: LinearRgb): boolean {
  const slack = 1e-6;
  return Math.min(red, green, blue) >= -slack && Math.max(red, green, blue) <= 1 + slack;
}

function encode([red, green, blue]: LinearRgb): Rgb {
  return { r: fromLinear(red), g: fromLinear(green), b: fromLinear(blue) };
}

function fromLinear(channel: number): number {
  const value = Math.min(1, Math.max(0, channel));
  const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}

function toLinear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function relativeLuminance({ r, g, b }: Rgb): number {
  return 0.2126 * toLinear(r) + 0.7152 * toLinear(g) + 0.0722 * toLinear(b);
}
