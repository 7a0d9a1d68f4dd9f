import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import { ellipse, polygon, rectangle, roundedRectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, linear, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

const walls = [
  0xe9c9a0, 0xd98e6b, 0xcdd9d2, 0xf0e2c6, 0xb9cad8, 0xe6b7a0, 0xc9b8a4, 0xa9c0a6, 0xdfa78a, 0xf3ead8, 0xb5a7c4,
].map(rgb);
const roofs = [0x9b4a3c, 0x5b4a4f, 0x47525f, 0x7d4538, 0x6b6f78].map(rgb);
const awnings = [0xd8382f, 0x2f78a4, 0x3f8f6b, 0xe8963a, 0x7a3f8f].map(rgb);

export type House = { readonly width: number; readonly drawing: Drawing };

/** A house front from x = 0 to its width, on y = 0. */
export function drawHouse(random: SceneRandom, isDark: boolean): House {
  const columns = random.integer(2, 4);
  const storeys = random.integer(2, 4);
  const width = columns * 1.9 + 0.8;
  const ground = 3.3;
  const high = ground + storeys * 2.7 + 0.3;
  const wall = random.pick(walls);
  const trim = random.chance(0.6) ? lighter(wall, 0.55) : darker(wall, 0.35);
  const shapes: Shape[] = [
    ...drawRoof(random, width, high),
    shape(rectangle(0, -high, width, high), linear(lighter(wall, 0.06), darker(wall, 0.12), 0, -high, 0, 0)),
    effect(rectangle(0, -high, 0.25, high), rgb(0xffffff), 0.12),
    effect(rectangle(width - 0.3, -high, 0.3, high), rgb(0x1a1c3a), 0.1),
    shape(rectangle(-0.12, -high - 0.18, width + 0.24, 0.34), trim),
    effect(rectangle(0, -high + 0.16, width, 0.16), rgb(0x1a1c3a), 0.18),
  ];
  for (let storey = 0; storey < storeys; storey++) {
    const y = -ground - 0.35 - storey * 2.7 - 1.75;
    for (let column = 0; column < columns; column++)
      shapes.push(...drawWindow(random, 0.85 + column * 1.9, y, trim, isDark));
  }
  shapes.push(
    ...(random.chance(0.6) ? drawShop(random, width, ground, isDark) : drawEntrance(random, width, wall, trim, isDark)),
  );
  return { width, drawing: shapes };
}

function drawRoof(random: SceneRandom, width: number, high: number): Shape[] {
  const colour = random.pick(roofs);
  const paint = linear(lighter(colour, 0.1), darker(colour, 0.2), 0, -high - 2, 0, -high);
  const style = random.pick(['gable', 'mansard', 'flat', 'flat'] as const);
  if (style === 'flat') return [shape(rectangle(width * 0.6, -high - 0.9, 0.6, 0.9), darker(colour, 0.1))];
  const chimney = shape(rectangle(width * 0.68, -high - 2.2, 0.6, 1.8), darker(colour, 0.25));
  const slope =
    style === 'gable'
      ? polygon([-0.3, -high], [width / 2, -high - 2.2], [width + 0.3, -high])
      : polygon([-0.2, -high], [0.8, -high - 1.7], [width - 0.8, -high - 1.7], [width + 0.2, -high]);
  const gableWindow = style === 'gable' ? [shape(ellipse(width / 2, -high - 0.8, 0.42), rgb(0x5c7890))] : [];
  return [chimney, shape(slope, paint), ...gableWindow];
}

function drawWindow(random: SceneRandom, x: number, y: number, trim: Colour, isDark: boolean): Shape[] {
  const [width, height] = [1.05, 1.6];
  const isLit = isDark && random.chance(0.55);
  const paint = isLit
    ? linear(rgb(0xffe2a0), rgb(0xf2ad5c), 0, y, 0, y + height)
    : linear(rgb(0x9cc3d6), rgb(0x48637a), 0, y, 0, y + height);
  const shapes = [
    shape(rectangle(x - 0.1, y - 0.1, width + 0.2, height + 0.2), trim),
    shape(rectangle(x, y, width, height), paint, { isLit }),
    shape([rectangle(x + width / 2 - 0.035, y, 0.07, height), rectangle(x, y + height * 0.38, width, 0.07)], trim),
    shape(rectangle(x - 0.18, y + height + 0.08, width + 0.36, 0.13), darker(trim, 0.12)),
  ];
  if (random.chance(0.35))
    shapes.push(effect(rectangle(x + 0.04, y + 0.04, width * 0.3, height - 0.08), rgb(0xf4e9d8), 0.65));
  if (!isLit && random.chance(0.5))
    shapes.push(
      effect(polygon([x + 0.5, y], [x + 0.8, y], [x + 0.3, y + height], [x, y + height]), rgb(0xffffff), 0.2),
    );
  return shapes;
}

function drawShop(random: SceneRandom, width: number, ground: number, isDark: boolean): Shape[] {
  const colour = random.pick(awnings);
  const shapes: Shape[] = [
    shape(rectangle(0.2, -ground + 0.1, width - 0.4, ground - 0.1), darker(colour, 0.45)),
    shape(
      rectangle(0.4, -2.35, width - 2.1, 1.9),
      isDark
        ? linear(rgb(0xffedbd), rgb(0xe8b36c), 0, -2.35, 0, -0.4)
        : linear(rgb(0xb9d9e4), rgb(0x51707f), 0, -2.35, 0, -0.4),
      { isLit: isDark },
    ),
    shape(rectangle(width - 1.45, -2.35, 1.05, 2.35), rgb(0x2c343f)),
    shape(rectangle(width - 1.33, -2.2, 0.81, 1.55), isDark ? rgb(0xf7cf86) : rgb(0x7fa3b4), { isLit: isDark }),
  ];
  const stripes = Math.round((width - 0.4) / 0.55);
  const each = (width - 0.3) / stripes;
  for (let k = 0; k < stripes; k++) {
    const x = 0.15 + k * each;
    const paint = k % 2 === 0 ? colour : rgb(0xf6f1e6);
    shapes.push(
      shape(
        [
          polygon([x, -3.05], [x + each, -3.05], [x + each, -2.4], [x, -2.4]),
          ellipse(x + each / 2, -2.4, each / 2, 0.16),
        ],
        linear(darker(paint, 0.08), paint, 0, -3.05, 0, -2.4),
      ),
    );
  }
  shapes.push(effect(rectangle(0.3, -2.26, width - 0.6, 0.28), rgb(0x101430), 0.22));
  return shapes;
}

function drawEntrance(random: SceneRandom, width: number, wall: Colour, trim: Colour, isDark: boolean): Shape[] {
  const door = random.pick([0x7a3b2e, 0x2f5a4a, 0x33507a, 0x5a3a5e].map(rgb));
  const x = random.chance(0.5) ? 0.7 : width - 1.9;
  const windows = x < 1 ? [2.7, width - 1.5] : [0.7, width - 3.9];
  return [
    effect(rectangle(0, -0.7, width, 0.7), darker(wall, 0.5), 0.5),
    shape(rectangle(x - 0.12, -2.62, 1.34, 2.62), trim),
    shape(rectangle(x, -2.5, 1.1, 2.5), linear(lighter(door, 0.1), darker(door, 0.2), 0, -2.5, 0, 0)),
    shape(roundedRectangle(x + 0.18, -2.3, 0.74, 0.8, 0.1), isDark ? rgb(0xf7cf86) : rgb(0x8fb3c4), { isLit: isDark }),
    ...windows
      .filter((left) => left > 0.3 && left < width - 1.2 && Math.abs(left - x) > 1.4)
      .flatMap((left) => drawWindow(random, left, -2.5, trim, isDark)),
  ];
}
