import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import { capsule, ellipse, polygon, rectangle, roundedPolygon, smoothRing } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, linear, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

const hulls = [0xf6f6f3, 0xf6f6f3, 0xe4e8ec, 0xf3ead8].map(rgb);
const tails = [0xd8382f, 0x2367ad, 0x1f7a5c, 0xf2a32c, 0x2b2e52, 0x8c2f6b].map(rgb);

export type TopView = { readonly drawing: Drawing; readonly length: number; readonly width: number };

/** A plane from above, its nose to the right (+x), about the origin, metres. */
export function drawPlane(random: SceneRandom): TopView {
  return random.chance(0.72) ? airliner(random) : propeller(random);
}

function airliner(random: SceneRandom): TopView {
  const hull = random.pick(hulls);
  const tail = random.pick(tails);
  const length = random.between(30, 42);
  const half = length / 2;
  const thick = length * 0.052;
  const span = length * random.between(0.44, 0.5);
  const wing = (side: 1 | -1): Shape =>
    shape(
      roundedPolygon(
        0.5,
        [half * 0.3, side * thick * 0.6],
        [-half * 0.28, side * span],
        [-half * 0.42, side * span],
        [-half * 0.2, side * thick * 0.6],
      ),
      linear(lighter(hull, 0.1), darker(hull, side === 1 ? 0.34 : 0.2), 0, side * thick, -half * 0.2, side * span),
    );
  const stabiliser = (side: 1 | -1): Shape =>
    shape(
      roundedPolygon(
        0.3,
        [-half * 0.74, side * thick * 0.3],
        [-half * 0.92, side * span * 0.4],
        [-half * 1, side * span * 0.4],
        [-half * 0.93, side * thick * 0.2],
      ),
      darker(hull, 0.18),
    );
  const engines = (length > 38 ? [0.32, 0.6] : [0.36]).flatMap((share) => [
    engine(half * (0.3 - share * 0.42), span * share, length),
    engine(half * (0.3 - share * 0.42), -span * share, length),
  ]);
  return {
    length,
    width: 2 * span,
    drawing: [
      ...engines.flat(),
      wing(1),
      wing(-1),
      stabiliser(1),
      stabiliser(-1),
      shape(
        smoothRing(
          [half, 0],
          [half * 0.93, thick * 0.72],
          [half * 0.7, thick],
          [-half * 0.5, thick],
          [-half * 0.96, thick * 0.25],
          [-half * 0.96, -thick * 0.25],
          [-half * 0.5, -thick],
          [half * 0.7, -thick],
          [half * 0.93, -thick * 0.72],
        ),
        linear(lighter(hull, 0.4), darker(hull, 0.28), 0, -thick, 0, thick),
      ),
      effect(capsule(-half * 0.6, -thick * 0.4, thick * 0.16, half * 0.8, -thick * 0.4), rgb(0xffffff), 0.5),
      shape(
        polygon(
          [half * 0.9, -thick * 0.5],
          [half * 0.9, thick * 0.5],
          [half * 0.84, thick * 0.6],
          [half * 0.84, -thick * 0.6],
        ),
        rgb(0x2b3a48),
      ),
      shape(
        roundedPolygon(0.3, [-half * 0.66, -0.32], [-half * 0.66, 0.32], [-half * 1, 0.26], [-half * 1, -0.26]),
        tail,
      ),
      effect(rectangle(-half * 0.72, -thick * 0.9, half * 0.12, thick * 1.8), tail, 0.85),
    ],
  };
}

function engine(x: number, y: number, length: number): Shape[] {
  const size = length * 0.026;
  return [
    shape(
      capsule(x - size, y, size * 0.85, x + size * 2.2, y, size),
      linear(rgb(0xd5dade), rgb(0x6f7781), x, y - size, x, y + size),
    ),
  ];
}

function propeller(random: SceneRandom): TopView {
  const hull: Colour = random.pick([0xf6f6f3, 0xf2c230, 0xd8382f, 0x3f7ab8].map(rgb));
  const trim = random.pick(tails);
  const length = random.between(15, 19);
  const half = length / 2;
  const thick = length * 0.075;
  const span = length * 0.62;
  return {
    length,
    width: 2 * span,
    drawing: [
      shape(
        roundedPolygon(
          0.8,
          [half * 0.4, -span],
          [half * 0.4, span],
          [half * 0.08, span],
          [half * 0.02, 0],
          [half * 0.08, -span],
        ),
        linear(lighter(hull, 0.2), darker(hull, 0.26), 0, -span, 0, span),
      ),
      ...[1, -1].map((side) =>
        shape(
          roundedPolygon(
            0.3,
            [half * 0.4, side * span],
            [half * 0.4, side * span * 0.86],
            [half * 0.07, side * span * 0.86],
            [half * 0.08, side * span],
          ),
          trim,
        ),
      ),
      shape(
        roundedPolygon(
          0.5,
          [-half * 0.74, -span * 0.36],
          [-half * 0.74, span * 0.36],
          [-half * 0.96, span * 0.33],
          [-half * 0.96, -span * 0.33],
        ),
        darker(hull, 0.12),
      ),
      shape(
        smoothRing(
          [half * 0.92, 0],
          [half * 0.8, thick * 0.8],
          [half * 0.3, thick],
          [-half * 0.9, thick * 0.25],
          [-half * 0.9, -thick * 0.25],
          [half * 0.3, -thick],
          [half * 0.8, -thick * 0.8],
        ),
        linear(lighter(hull, 0.35), darker(hull, 0.3), 0, -thick, 0, thick),
      ),
      shape(ellipse(half * 0.26, 0, half * 0.17, thick * 0.72), rgb(0x31475a)),
      shape(ellipse(half * 0.96, 0, 0.18, thick * 2), rgb(0x3a3d46), { alpha: 0.8 }),
    ],
  };
}
