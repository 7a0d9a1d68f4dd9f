import type { TopView } from '@/lib/engines/scenes/aerial/plane';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, darker, lighter, rgb } from '@/lib/engines/scenes/raster/colour';
import {
  capsule,
  ellipse,
  polygon,
  type RoundedCorner,
  rectangle,
  roundedPolygon,
  roundedRectangle,
} from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, linear, type Ring, type Shape, shape } from '@/lib/engines/scenes/raster/shape';

const containers = [0xd8543a, 0x2f78a4, 0xf2b632, 0x4f9d69, 0xe8e3d9, 0x8c4a6b, 0x5a6b7f].map(rgb);
const hulls = [0x2f4a6b, 0x8c3a32, 0x2b2e36, 0x2f6b5a, 0xe8e6df].map(rgb);

/** A ship from above, its bow to the right (+x), about the origin, metres. */
export function drawShip(random: SceneRandom): TopView {
  return random.pick([freighter, freighter, tanker, yacht, yacht, ferry])(random);
}

function hullRing(length: number, width: number, bow: number, inset = 0): Ring {
  const [half, side] = [length / 2 - inset, width / 2 - inset];
  const corners: RoundedCorner[] = [
    [half, 0, 0.4],
    [half - bow, side, bow * 0.8],
    [-half, side * 0.92, side * 0.5],
    [-half, -side * 0.92, side * 0.5],
    [half - bow, -side, bow * 0.8],
  ];
  return roundedPolygon(1, ...corners);
}

function hull(length: number, width: number, bow: number, colour: Colour, deck: Colour): Drawing {
  return [
    shape(hullRing(length, width, bow), linear(lighter(colour, 0.2), darker(colour, 0.3), 0, -width / 2, 0, width / 2)),
    shape(
      hullRing(length, width, bow, Math.max(0.35, width * 0.06)),
      linear(lighter(deck, 0.1), darker(deck, 0.14), 0, -width / 2, 0, width / 2),
    ),
  ];
}

/** The bridge, lit from above left, with its windows towards the bow. */
function bridge(x: number, long: number, wide: number): Shape[] {
  return [
    effect(rectangle(x - long / 2 + 0.8, -wide / 2 + 0.8, long, wide), rgb(0x101430), 0.3),
    shape(
      roundedRectangle(x - long / 2, -wide / 2, long, wide, 0.5),
      linear(rgb(0xffffff), rgb(0xd3d8dc), 0, -wide / 2, 0, wide / 2),
    ),
    shape(rectangle(x + long / 2 - long * 0.22, -wide * 0.42, long * 0.14, wide * 0.84), rgb(0x2d4254)),
    shape(roundedRectangle(x - long * 0.35, -wide * 0.18, long * 0.3, wide * 0.36, 0.3), rgb(0xd8543a)),
  ];
}

function freighter(random: SceneRandom): TopView {
  const length = random.between(48, 70);
  const width = length * random.between(0.17, 0.21);
  const bow = length * 0.16;
  const bays = Math.floor((length * 0.62) / 6.6);
  const rows = Math.max(3, Math.round((width * 0.82) / 2.6));
  const across = (width * 0.82) / rows;
  const boxes = Array.from({ length: bays * rows }).flatMap((_, k) => {
    if (random.chance(0.1)) return [];
    const [x, y] = [length * 0.34 - 6.4 - Math.floor(k / rows) * 6.6, -width * 0.41 + (k % rows) * across];
    const colour = random.pick(containers);
    return [
      shape(
        rectangle(x, y, 6.1, across - 0.22),
        linear(lighter(colour, 0.16), darker(colour, 0.14), 0, y, 0, y + across),
      ),
    ];
  });
  return {
    length,
    width,
    drawing: [
      ...hull(length, width, bow, random.pick(hulls), rgb(0x9a5a4a)),
      ...boxes,
      ...bridge(-length * 0.39, length * 0.1, width * 0.8),
      shape(ellipse(length * 0.42, 0, 0.9), rgb(0xd7dade)),
    ],
  };
}

function tanker(random: SceneRandom): TopView {
  const length = random.between(46, 66);
  const width = length * 0.18;
  const deck = random.pick([0xa8553f, 0x4f7f6b, 0x9aa1aa].map(rgb));
  const tanks = Array.from({ length: 5 }).flatMap((_, k) => {
    const x = length * (0.26 - k * 0.125);
    return [
      effect(ellipse(x + 0.6, 0.6, width * 0.3), rgb(0x101430), 0.25),
      shape(ellipse(x, 0, width * 0.3), linear(lighter(deck, 0.5), darker(deck, 0.1), x - 2, -2, x + 2, 3)),
    ];
  });
  return {
    length,
    width,
    drawing: [
      ...hull(length, width, length * 0.15, random.pick(hulls), deck),
      ...tanks,
      shape(rectangle(-length * 0.3, -0.35, length * 0.66, 0.7), rgb(0xd9d4c4)),
      ...bridge(-length * 0.38, length * 0.11, width * 0.78),
    ],
  };
}

function ferry(random: SceneRandom): TopView {
  const length = random.between(32, 42);
  const width = length * 0.26;
  return {
    length,
    width,
    drawing: [
      ...hull(length, width, length * 0.2, random.pick([0x2367ad, 0xd8382f, 0x1f7a5c].map(rgb)), rgb(0xf3f1ea)),
      shape(
        roundedRectangle(-length * 0.4, -width * 0.36, length * 0.62, width * 0.72, 1),
        linear(rgb(0xffffff), rgb(0xcfd6db), 0, -width * 0.4, 0, width * 0.4),
      ),
      ...Array.from({ length: 4 }, (_, k) =>
        shape(
          roundedRectangle(-length * 0.34 + k * length * 0.12, -width * 0.28, length * 0.06, width * 0.1, 0.3),
          rgb(0xf08a2c),
        ),
      ),
      ...Array.from({ length: 4 }, (_, k) =>
        shape(
          roundedRectangle(-length * 0.34 + k * length * 0.12, width * 0.18, length * 0.06, width * 0.1, 0.3),
          rgb(0xf08a2c),
        ),
      ),
      ...bridge(length * 0.14, length * 0.1, width * 0.66),
    ],
  };
}

function yacht(random: SceneRandom): TopView {
  const length = random.between(19, 27);
  const width = length * random.between(0.27, 0.32);
  const isSail = random.chance(0.5);
  const drawing = hull(
    length,
    width,
    length * 0.45,
    random.pick([0xf6f4ee, 0xf6f4ee, 0x27425f, 0xb9342f].map(rgb)),
    rgb(0xc99a66),
  );
  const cabin = shape(
    roundedPolygon(
      1.2,
      [length * 0.22, -width * 0.16],
      [length * 0.22, width * 0.16],
      [-length * 0.24, width * 0.27],
      [-length * 0.24, -width * 0.27],
    ),
    linear(rgb(0xffffff), rgb(0xd3d8dc), 0, -width * 0.3, 0, width * 0.3),
  );
  const windscreen = shape(
    polygon(
      [length * 0.12, -width * 0.17],
      [length * 0.12, width * 0.17],
      [length * 0.03, width * 0.2],
      [length * 0.03, -width * 0.2],
    ),
    rgb(0x2d4254),
  );
  const sail = random.pick([0xffffff, 0xf6e9cf, 0xe8613c].map(rgb));
  const rig = isSail
    ? [
        shape(
          polygon([length * 0.1, 0], [-length * 0.36, width * 0.2], [-length * 0.38, -width * 0.02]),
          linear(lighter(sail, 0.4), darker(sail, 0.16), 0, 0, 0, width * 0.3),
        ),
        shape(capsule(length * 0.1, 0, 0.25, -length * 0.4, 0.1, 0.2), rgb(0x6b4a35)),
      ]
    : [shape(roundedRectangle(-length * 0.42, -width * 0.2, length * 0.12, width * 0.4, 0.5), rgb(0x31475a))];
  return { length, width, drawing: [...drawing, cabin, windscreen, ...rig] };
}
