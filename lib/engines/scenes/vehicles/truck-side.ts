import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, darker, lighter, mixed, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, rectangle, roundedPolygon, roundedRectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, linear, type Shape, shape } from '@/lib/engines/scenes/raster/shape';
import {
  bodyPaint,
  headlight,
  lacquer,
  pane,
  passenger,
  reflection,
  seam,
  tailLight,
  wheel,
  wheelArch,
} from '@/lib/engines/scenes/vehicles/parts';

const loadTop = -3.25;
const loadBottom = -0.95;

/** A lorry that drives to the right, 7–8 m long, on y = 0 about x = 0: with a box, a tank or a tipper. */
export function drawTruck(random: SceneRandom, isDark: boolean): Drawing {
  const colour = lacquer(random);
  const length = random.between(4.4, 5.4);
  const front = (length + 2.1) / 2;
  const cab = front - 2;
  const rear = -front;
  const load = random.pick(['box', 'box', 'tank', 'tipper'] as const);
  const axles = load === 'box' ? [rear + 1.1, cab + 0.95] : [rear + 0.8, rear + 1.9, cab + 0.95];
  return [
    shape(roundedRectangle(rear + 0.1, -1.0, front - rear - 0.6, 0.3, 0.05), rgb(0x2a2d35)),
    shape(roundedRectangle(rear + 2.3, -0.8, 1.1, 0.42, 0.08), rgb(0x9aa1aa)),
    ...loads[load](random, rear, cab - 0.15, colour),
    ...drawCab(cab, front, colour, isDark),
    ...tailLight(rear + 0.12, -0.85, 0.07, 0.09, isDark),
    ...axles.flatMap((x) => wheel(x, 0.48)),
  ];
}

function drawCab(cab: number, front: number, colour: Colour, isDark: boolean): Shape[] {
  const windscreen = front - 0.52;
  return [
    shape(
      roundedPolygon(
        0.14,
        [cab, -0.45],
        [cab, -2.72, 0.3],
        [windscreen - 0.2, -2.72, 0.35],
        [front - 0.08, -1.5, 0.3],
        [front, -0.4, 0.15],
      ),
      bodyPaint(colour, -2.75, -0.3),
    ),
    wheelArch(cab + 0.95, 0.5),
    ...pane(
      roundedPolygon(
        0.1,
        [cab + 0.55, -1.6],
        [cab + 0.55, -2.45, 0.1],
        [windscreen - 0.22, -2.45, 0.2],
        [front - 0.26, -1.6, 0.1],
      ),
      -2.45,
      -1.55,
      isDark,
    ),
    ...(isDark ? [] : passenger(cab + 0.95, -1.68, 0.29)),
    reflection(cab + 0.6, -2.4, -1.64, 0.16),
    seam(cab + 0.5, -1.55, -0.6, colour),
    effect(rectangle(cab + 0.05, -1.42, front - cab - 0.18, 0.1), lighter(colour, 0.7), 0.55),
    shape(capsule(cab + 0.62, -1.25, 0.03, cab + 0.85, -1.25), darker(colour, 0.5)),
    shape(roundedRectangle(front - 0.35, -0.72, 0.4, 0.34, 0.1), rgb(0x3a3d46)),
    ...headlight(front - 0.1, -0.92, 0.1, 0.12, isDark),
  ];
}

type LoadPainter = (random: SceneRandom, rear: number, front: number, cab: Colour) => Shape[];

const loads: Readonly<Record<'box' | 'tank' | 'tipper', LoadPainter>> = {
  box(random, rear, front, cab) {
    const colour = random.pick([rgb(0xf3f1ea), rgb(0xe3e7ea), mixed(cab, rgb(0xffffff), 0.55), lighter(cab, 0.1)]);
    const emblem = random.pick([rgb(0xe8613c), rgb(0x2f78c4), rgb(0x3f9f6b), rgb(0xf2b632)]);
    const middle = (rear + front) / 2;
    return [
      shape(
        roundedRectangle(rear, loadTop, front - rear, loadBottom - loadTop, 0.1),
        bodyPaint(colour, loadTop, loadBottom + 0.4),
      ),
      ...Array.from({ length: 7 }, (_, k) =>
        seam(
          rear + ((k + 1) * (front - rear)) / 8,
          loadTop + 0.12,
          loadBottom - 0.1,
          mixed(colour, rgb(0xffffff), 0.5),
        ),
      ),
      shape(ellipse(middle, (loadTop + loadBottom) / 2, 0.72), emblem),
      shape(ellipse(middle + 0.2, (loadTop + loadBottom) / 2 - 0.1, 0.42), lighter(emblem, 0.45)),
      effect(rectangle(rear + 0.05, loadTop + 0.04, front - rear - 0.1, 0.09), rgb(0xffffff), 0.5),
    ];
  },
  tank(_random, rear, front, cab) {
    const steel = rgb(0xc6ced6);
    const [top, bottom] = [-2.85, -0.95];
    return [
      shape(
        roundedRectangle(rear, top, front - rear, bottom - top, 0.75),
        linear(rgb(0xf6f8fa), darker(steel, 0.4), 0, top + 0.3, 0, bottom),
      ),
      shape(rectangle(rear + 0.02, -1.95, front - rear - 0.04, 0.3), mixed(cab, rgb(0xffffff), 0.12)),
      ...[0.3, 0.7].map((share) =>
        shape(roundedRectangle(rear + share * (front - rear) - 0.25, top - 0.16, 0.5, 0.24, 0.06), darker(steel, 0.3)),
      ),
      ...[0.25, 0.5, 0.75].map((share) => seam(rear + share * (front - rear), top + 0.03, bottom - 0.03, steel)),
    ];
  },
  tipper(random, rear, front, _cab) {
    const colour = random.pick([rgb(0xe8963a), rgb(0x6f7682), rgb(0x4f7f5a), rgb(0xc9523a)]);
    const heap = random.pick([rgb(0xb98d5a), rgb(0x8f7b66), rgb(0xa8a29a)]);
    const top = -2.35;
    return [
      shape(
        roundedPolygon(
          0.3,
          [rear + 0.3, top + 0.2],
          [rear + 1.2, top - 0.45],
          [front - 1.5, top - 0.55],
          [front - 0.3, top + 0.2],
        ),
        linear(lighter(heap, 0.2), darker(heap, 0.3), 0, top - 0.5, 0, top + 0.2),
      ),
      shape(
        roundedPolygon(0.08, [rear, top], [front, top], [front - 0.1, -0.92], [rear + 0.35, -0.92]),
        bodyPaint(colour, top, -0.8),
      ),
      ...Array.from({ length: 5 }, (_, k) =>
        effect(
          rectangle(rear + 0.6 + (k * (front - rear - 1)) / 4.4, top + 0.08, 0.12, 1.25),
          darker(colour, 0.5),
          0.45,
        ),
      ),
      shape(roundedRectangle(rear - 0.04, top - 0.08, front - rear + 0.08, 0.16, 0.05), lighter(colour, 0.25)),
    ];
  },
};
