import type { TopView } from '@/lib/engines/scenes/aerial/plane';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import {
  capsule,
  ellipse,
  polygon,
  rectangle,
  roundedPolygon,
  roundedRectangle,
} from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, linear, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

const lacquers = [0xd8382f, 0x2f6fb7, 0xf4f3ef, 0x2b2e36, 0xf2b632, 0x9aa3ad, 0xe8743b, 0x3f8f6b, 0xf4f3ef].map(rgb);
const window = rgb(0x24323e);

/** A car from above, its bonnet to the right (+x), about the origin, metres. */
export function drawSmallVehicle(random: SceneRandom): TopView {
  const colour = random.pick(lacquers);
  const [length, width] = [random.between(4.3, 5), 2.05];
  const [half, side] = [length / 2, width / 2];
  return {
    length,
    width,
    drawing: [
      shape(
        roundedPolygon(0.5, [half, -side, 0.8], [half, side, 0.8], [-half, side, 0.55], [-half, -side, 0.55]),
        acrossPaint(colour, side),
      ),
      shape(
        roundedPolygon(
          0.3,
          [half * 0.34, -side * 0.8],
          [half * 0.34, side * 0.8],
          [-half * 0.74, side * 0.8],
          [-half * 0.74, -side * 0.8],
        ),
        window,
      ),
      shape(
        roundedPolygon(
          0.25,
          [half * 0.1, -side * 0.68],
          [half * 0.1, side * 0.68],
          [-half * 0.5, side * 0.68],
          [-half * 0.5, -side * 0.68],
        ),
        linear(lighter(colour, 0.3), darker(colour, 0.08), 0, -side, 0, side),
      ),
      effect(capsule(half * 0.5, -side * 0.55, 0.06, half * 0.85, -side * 0.5), rgb(0xffffff), 0.5),
      ...lamps(half, side),
    ],
  };
}

/** A lorry, an articulated one or a bus from above. */
export function drawLargeVehicle(random: SceneRandom): TopView {
  return random.pick([lorry, lorry, bus])(random);
}

function lorry(random: SceneRandom): TopView {
  const colour = random.pick(lacquers);
  const load = random.pick([rgb(0xf3f1ea), rgb(0xe3e7ea), rgb(0xb9c4cd), lighter(colour, 0.3)]);
  const [length, width] = [random.between(10, 14.5), 3];
  const [half, side] = [length / 2, width / 2];
  const cab = half - 2.4;
  return {
    length,
    width,
    drawing: [
      shape(rectangle(-half + 0.6, -side * 0.6, length - 1.5, side * 1.2), rgb(0x2a2d35)),
      shape(
        roundedPolygon(0.35, [half, -side * 0.9], [half, side * 0.9], [cab, side * 0.9], [cab, -side * 0.9]),
        acrossPaint(colour, side),
      ),
      shape(
        polygon(
          [half - 0.35, -side * 0.74],
          [half - 0.35, side * 0.74],
          [half - 0.95, side * 0.66],
          [half - 0.95, -side * 0.66],
        ),
        window,
      ),
      shape(roundedRectangle(-half, -side, cab + half - 0.45, width, 0.15), acrossPaint(load, side)),
      ...ribs(-half, cab - 0.5, side, load),
    ],
  };
}

function bus(random: SceneRandom): TopView {
  const colour = random.pick([0xd6322d, 0xf0a52a, 0x2367ad, 0x1f7a5c].map(rgb));
  const [length, width] = [random.between(11, 13), 2.9];
  const [half, side] = [length / 2, width / 2];
  return {
    length,
    width,
    drawing: [
      shape(roundedRectangle(-half, -side, length, width, 0.5), acrossPaint(colour, side)),
      shape(roundedRectangle(half - 0.75, -side * 0.82, 0.4, side * 1.64, 0.15), window),
      ...[-0.55, 0, 0.5].map((share) =>
        shape(
          roundedRectangle(half * share - 0.8, -0.55, 1.6, 1.1, 0.2),
          linear(lighter(colour, 0.55), lighter(colour, 0.1), 0, -0.5, 0, 0.6),
        ),
      ),
      effect(rectangle(-half + 0.3, -side + 0.12, length - 0.8, 0.16), rgb(0xffffff), 0.45),
    ],
  };
}

function acrossPaint(colour: Colour, side: number) {
  return linear(lighter(colour, 0.2), darker(colour, 0.24), 0, -side, 0, side);
}

function ribs(from: number, to: number, side: number, colour: Colour): Shape[] {
  const count = Math.floor((to - from) / 1.4);
  return [
    effect(
      Array.from({ length: count }, (_, k) =>
        rectangle(from + ((k + 1) * (to - from)) / (count + 1), -side + 0.1, 0.08, 2 * side - 0.2),
      ),
      darker(colour, 0.5),
      0.35,
    ),
  ];
}

function lamps(half: number, side: number): Drawing {
  return [
    shape(
      [ellipse(half - 0.22, side * 0.66, 0.14, 0.24), ellipse(half - 0.22, -side * 0.66, 0.14, 0.24)],
      rgb(0xfff6d6),
    ),
    shape(
      [ellipse(-half + 0.1, side * 0.66, 0.08, 0.24), ellipse(-half + 0.1, -side * 0.66, 0.08, 0.24)],
      rgb(0xc92b2b),
    ),
  ];
}
