import type { SceneRandom } from '@/lib/engines/scenes/random';
import { darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, roundedPolygon, roundedRectangle } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, shape } from '@/lib/engines/scenes/raster/shape';
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

type Corner = readonly [number, number, number?];

/** Outlines of a car that drives to the right, metres: the body, the panes, the axles. */
type CarForm = {
  readonly body: readonly Corner[];
  readonly panes: readonly (readonly Corner[])[];
  readonly axles: readonly [number, number];
  readonly wheel: number;
  readonly top: number;
  readonly doors: readonly number[];
  readonly waist: number;
};

const sedan: CarForm = {
  body: [
    [-2.2, -0.28, 0.12],
    [-2.24, -0.86, 0.16],
    [-1.5, -0.98, 0.1],
    [-0.92, -1.45, 0.35],
    [0.32, -1.45, 0.4],
    [0.98, -0.94, 0.2],
    [2.0, -0.8, 0.3],
    [2.24, -0.52, 0.12],
    [2.22, -0.26, 0.1],
  ],
  panes: [
    [
      [-1.32, -0.96, 0.06],
      [-0.82, -1.35, 0.14],
      [-0.3, -1.36, 0.05],
      [-0.3, -0.95, 0.04],
    ],
    [
      [-0.2, -0.95, 0.04],
      [-0.2, -1.36, 0.05],
      [0.27, -1.35, 0.16],
      [0.78, -0.94, 0.06],
    ],
  ],
  axles: [-1.36, 1.36],
  wheel: 0.33,
  top: -1.45,
  doors: [-0.25, -1.1, 0.72],
  waist: -0.9,
};

const hatchback: CarForm = {
  body: [
    [-1.86, -0.28, 0.12],
    [-1.92, -0.85, 0.14],
    [-1.62, -1.42, 0.28],
    [-1.3, -1.52, 0.2],
    [0.18, -1.5, 0.4],
    [0.92, -0.98, 0.2],
    [1.72, -0.84, 0.3],
    [1.94, -0.55, 0.14],
    [1.92, -0.26, 0.1],
  ],
  panes: [
    [
      [-1.66, -0.98, 0.08],
      [-1.42, -1.4, 0.14],
      [-1.06, -1.42, 0.05],
      [-1.06, -0.97, 0.04],
    ],
    [
      [-0.96, -0.97, 0.04],
      [-0.96, -1.42, 0.05],
      [-0.32, -1.42, 0.05],
      [-0.32, -0.97, 0.04],
    ],
    [
      [-0.22, -0.97, 0.04],
      [-0.22, -1.42, 0.05],
      [0.14, -1.4, 0.16],
      [0.72, -0.97, 0.06],
    ],
  ],
  axles: [-1.22, 1.22],
  wheel: 0.32,
  top: -1.52,
  doors: [-0.27, -1.02, 0.68],
  waist: -0.92,
};

const suv: CarForm = {
  body: [
    [-2.15, -0.36, 0.12],
    [-2.22, -1.0, 0.12],
    [-2.0, -1.68, 0.26],
    [-1.7, -1.76, 0.12],
    [0.3, -1.74, 0.32],
    [0.98, -1.14, 0.18],
    [2.02, -1.02, 0.26],
    [2.24, -0.7, 0.16],
    [2.22, -0.36, 0.1],
  ],
  panes: [
    [
      [-1.98, -1.12, 0.06],
      [-1.82, -1.62, 0.1],
      [-1.26, -1.64, 0.05],
      [-1.26, -1.12, 0.04],
    ],
    [
      [-1.16, -1.12, 0.04],
      [-1.16, -1.64, 0.05],
      [-0.32, -1.64, 0.05],
      [-0.32, -1.12, 0.04],
    ],
    [
      [-0.22, -1.12, 0.04],
      [-0.22, -1.64, 0.05],
      [0.26, -1.62, 0.14],
      [0.8, -1.12, 0.06],
    ],
  ],
  axles: [-1.38, 1.4],
  wheel: 0.39,
  top: -1.76,
  doors: [-0.27, -1.21, 0.76],
  waist: -1.04,
};

const forms = [sedan, sedan, hatchback, hatchback, suv];

/** A car that drives to the right, about 4.3 m long, on y = 0 about x = 0. */
export function drawCar(random: SceneRandom, isDark: boolean): Drawing {
  const form = random.pick(forms);
  const colour = lacquer(random);
  const isTaxi = random.chance(0.08);
  const front = form.body[form.body.length - 2];
  const [rear, frontAxle] = form.axles;
  return [
    shape(roundedRectangle(rear - 0.3, -0.42, frontAxle - rear + 0.6, 0.24, 0.08), rgb(0x1c1e25)),
    shape(roundedPolygon(0.1, ...form.body), bodyPaint(colour, form.top, -0.2)),
    ...form.panes.flatMap((corners) => pane(roundedPolygon(0.05, ...corners), form.top + 0.1, form.waist, isDark)),
    ...(isDark ? [] : passenger(form.panes[form.panes.length - 1][0][0] + 0.3, form.waist - 0.06, 0.2)),
    reflection(form.panes[0][0][0] + 0.36, form.top + 0.12, form.waist - 0.06, 0.12),
    effect(capsule(-1.7, form.waist + 0.06, 0.018, 1.5, form.waist + 0.1), lighter(colour, 0.6), 0.5),
    effect(capsule(-1.9, -0.44, 0.03, 1.9, -0.42), darker(colour, 0.55), 0.55),
    ...form.doors.map((x) => seam(x, form.waist, -0.4, colour)),
    shape(capsule(-0.62, form.waist + 0.14, 0.022, -0.46, form.waist + 0.14), darker(colour, 0.45)),
    shape(capsule(0.36, form.waist + 0.14, 0.022, 0.2, form.waist + 0.14), darker(colour, 0.45)),
    ...headlight(front[0] - 0.16, front[1] - 0.06, 0.14, 0.075, isDark),
    ...tailLight(form.body[1][0] + 0.08, form.body[1][1] + 0.14, 0.06, 0.11, isDark),
    ...form.axles.flatMap((x) => [wheelArch(x, form.wheel), ...wheel(x, form.wheel)]),
    ...(isTaxi
      ? [shape(roundedRectangle(-0.62, form.top - 0.15, 0.5, 0.17, 0.05), rgb(0xf7c531), { isLit: isDark })]
      : []),
  ];
}
