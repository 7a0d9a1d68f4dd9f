import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, polygon, rectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, glow, linear, type Ring, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

/** Lacquers of road vehicles. */
const lacquers = [
  0xd8382f, 0x2f6fb7, 0xf4f3ef, 0x2b2e36, 0xf2b632, 0x3f8f6b, 0x9aa3ad, 0xe8743b, 0x5aa9d6, 0x7a3f8f, 0xb9342f,
  0x48566b, 0xd9cdb8,
].map(rgb);

export function lacquer(random: SceneRandom): Colour {
  return random.pick(lacquers);
}

export const tyre = rgb(0x23252c);
const glass = rgb(0x8fc4dc);
const darkGlass = rgb(0x2d4254);

/** From the light above to the shade below. */
export function bodyPaint(colour: Colour, top: number, bottom: number) {
  return linear(lighter(colour, 0.2), darker(colour, 0.26), 0, top, 0, bottom);
}

/** A wheel of a radius with its arch above it. */
export function wheel(x: number, radius: number, rim: Colour = rgb(0xc9ced6)): Shape[] {
  const y = -radius;
  return [
    shape(ellipse(x, y, radius), tyre),
    shape(ellipse(x, y, radius * 0.64), linear(lighter(rim, 0.3), darker(rim, 0.35), x, y - radius, x, y + radius)),
    shape(ellipse(x, y, radius * 0.5), darker(rim, 0.5)),
    shape(
      [0, 1, 2, 3, 4].map((k) => {
        const angle = (2 * Math.PI * k) / 5 - Math.PI / 2;
        return capsule(
          x,
          y,
          radius * 0.12,
          x + radius * 0.52 * Math.cos(angle),
          y + radius * 0.52 * Math.sin(angle),
          radius * 0.08,
        );
      }),
      rim,
    ),
  ];
}

/** The dark room in the body that a wheel stands in; it fits above the ground. */
export function wheelArch(x: number, radius: number): Shape {
  return shape(ellipse(x, -radius * 1.04, radius * 1.2, radius * 1.16), rgb(0x1a1c23));
}

/** A pane with the sky in its upper part and a slanting reflection. */
export function pane(ring: Ring, top: number, bottom: number, isDark: boolean): Shape[] {
  const paint = isDark
    ? linear(rgb(0xffe6a8), rgb(0xf0b866), 0, top, 0, bottom)
    : linear(lighter(glass, 0.25), darkGlass, 0, top, 0, bottom + (bottom - top) * 0.5);
  return [shape(ring, paint, { isLit: isDark })];
}

/** A slanting band of light on a pane. */
export function reflection(x: number, top: number, bottom: number, width: number): Shape {
  const slant = (bottom - top) * 0.5;
  return effect(
    polygon([x + slant, top], [x + slant + width, top], [x + width, bottom], [x, bottom]),
    rgb(0xffffff),
    0.22,
  );
}

export function headlight(x: number, y: number, width: number, height: number, isDark: boolean): Drawing {
  const lens = shape(ellipse(x, y, width, height), isDark ? rgb(0xfff4c8) : rgb(0xf7f3e2), { isLit: isDark });
  return isDark ? [lens, glow(ellipse(x + 0.1, y, 0.75), rgb(0xffe9a0), [x + 0.1, y, 0.75], 0.55)] : [lens];
}

export function tailLight(x: number, y: number, width: number, height: number, isDark: boolean): Drawing {
  const lens = shape(ellipse(x, y, width, height), rgb(0xd92b2b), { isLit: isDark });
  return isDark ? [lens, glow(ellipse(x, y, 0.45), rgb(0xff4030), [x, y, 0.45], 0.5)] : [lens];
}

/** A dark shape of a head and shoulders behind a pane: part of the vehicle, too vague to count as a person. */
export function passenger(x: number, base: number, size: number): Drawing {
  return [
    effect(
      [ellipse(x, base, size * 0.8, size * 0.7), ellipse(x, base - size, size * 0.42, size * 0.5)],
      rgb(0x1b2230),
      0.5,
    ),
  ];
}

/** A line of a door or a panel. */
export function seam(x: number, top: number, bottom: number, colour: Colour): Shape {
  return effect(rectangle(x - 0.012, top, 0.024, bottom - top), darker(colour, 0.6), 0.55);
}
