import type { SceneRandom } from '@/lib/engines/scenes/random';
import { darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import { polygon, rectangle, roundedPolygon, roundedRectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, type Shape, shape } from '@/lib/engines/scenes/raster/shape';
import {
  bodyPaint,
  headlight,
  pane,
  passenger,
  reflection,
  tailLight,
  wheel,
  wheelArch,
} from '@/lib/engines/scenes/vehicles/parts';

const liveries = [
  [0xd6322d, 0xf4efe4],
  [0x1f7a5c, 0xf4efe4],
  [0x2367ad, 0xf6c445],
  [0xf0a52a, 0x3c3a3a],
  [0xf3f1ea, 0x2f78c4],
  [0xb3367a, 0xf4efe4],
].map(([body, band]) => [rgb(body), rgb(band)] as const);

const waist = -1.35;
const windowTop = -2.55;

/** A city bus that drives to the right, about 10 m long and 3.1 m high, on y = 0 about x = 0. */
export function drawBus(random: SceneRandom, isDark: boolean): Drawing {
  const [colour, band] = random.pick(liveries);
  const length = random.pick([8.6, 9.8, 10.8]);
  const rear = -length / 2;
  const front = length / 2;
  const axles = [rear + length * 0.24, front - length * 0.2];
  const doorAt = [front - 1.35, (axles[0] + axles[1]) / 2 - 0.1];
  return [
    shape(roundedRectangle(rear + 0.3, -0.5, length - 0.6, 0.3, 0.1), rgb(0x1c1e25)),
    shape(
      roundedPolygon(
        0.3,
        [rear, -0.3, 0.15],
        [rear, -3.05, 0.4],
        [front - 0.12, -3.05, 0.45],
        [front + 0.05, -1.5, 0.4],
        [front + 0.05, -0.3, 0.15],
      ),
      bodyPaint(colour, -3.05, -0.2),
    ),
    shape(roundedRectangle(rear + 1.2, -3.16, length * 0.4, 0.16, 0.07), darker(colour, 0.25)),
    shape(rectangle(rear, -1.18, length + 0.04, 0.2), band),
    ...windows(random, rear, front, isDark),
    ...doorAt.flatMap((x) => door(x, isDark)),
    effect(rectangle(rear + 0.05, -0.62, length - 0.1, 0.06), darker(colour, 0.6), 0.5),
    effect(roundedRectangle(rear + 0.3, -2.98, length - 0.9, 0.1, 0.05), lighter(colour, 0.6), 0.5),
    shape(roundedRectangle(front - 3.1, -2.94, 1.5, 0.24, 0.05), rgb(0x20222a)),
    shape(roundedRectangle(front - 2.98, -2.88, 0.8, 0.12, 0.03), rgb(0xffb52e), { isLit: true }),
    ...headlight(front - 0.08, -0.72, 0.12, 0.12, isDark),
    ...tailLight(rear + 0.08, -0.85, 0.07, 0.17, isDark),
    ...axles.flatMap((x) => [wheelArch(x, 0.47), ...wheel(x, 0.47)]),
  ];
}

function windows(random: SceneRandom, rear: number, front: number, isDark: boolean): Shape[] {
  const shapes: Shape[] = [
    shape(
      roundedRectangle(rear + 0.22, windowTop - 0.06, front - rear - 0.42, waist - windowTop + 0.12, 0.14),
      rgb(0x23262f),
    ),
  ];
  const count = Math.round((front - rear - 1.6) / 1.25);
  const width = (front - rear - 1.6) / count;
  for (let k = 0; k < count; k++) {
    const x = rear + 0.3 + k * width;
    shapes.push(
      ...pane(roundedRectangle(x, windowTop, width - 0.09, waist - windowTop, 0.08), windowTop, waist, isDark),
    );
    if (random.chance(0.6)) shapes.push(...passenger(x + width * random.between(0.3, 0.6), waist - 0.14, 0.3));
    if (k % 2 === 0) shapes.push(reflection(x + width * 0.1, windowTop + 0.03, waist - 0.03, 0.17));
  }
  const screen = polygon(
    [front - 1.22, windowTop],
    [front - 0.15, windowTop],
    [front - 0.03, waist],
    [front - 1.22, waist],
  );
  shapes.push(...pane(screen, windowTop, waist, isDark), ...passenger(front - 0.7, waist - 0.02, 0.33));
  return shapes;
}

function door(x: number, isDark: boolean): Shape[] {
  return [
    shape(roundedRectangle(x - 0.62, windowTop - 0.04, 1.24, 2.17, 0.08), rgb(0x2a2d36)),
    ...[-0.55, 0.04].flatMap((shift) => [
      ...pane(roundedRectangle(x + shift, windowTop + 0.06, 0.51, 1.95, 0.06), windowTop, -0.3, isDark),
      reflection(x + shift + 0.02, windowTop + 0.9, windowTop + 1.5, 0.1),
    ]),
  ];
}
