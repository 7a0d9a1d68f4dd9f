import type { Atmosphere } from '@/lib/engines/scenes/atmosphere';
import { type Camera, groundPoint, reachAt } from '@/lib/engines/scenes/camera';
import type { SceneRandom } from '@/lib/engines/scenes/random';
import { type Colour, darker, lighter, mixed, rgb } from '@/lib/engines/scenes/raster/colour';
import { ellipse, polygon, rectangle, stroke } from '@/lib/engines/scenes/raster/rings';
import { type Drawing, effect, linear, type Ring, type Shape, shape } from '@/lib/engines/scenes/raster/shape';
import { drawSky } from '@/lib/engines/scenes/street/sky';

/** Where a game takes place, from behind the players to the lower edge of the picture, in pixels. */
export type Venue = { readonly backdrop: Drawing; readonly isIndoor: boolean };

/** Metres from the viewer to the far end of the ground. */
export const farEnd = 34;

/** A lawn in stripes, before a stand or trees. */
export function footballPitch(random: SceneRandom, camera: Camera, atmosphere: Atmosphere): Venue {
  const colour = random.pick([0x5fa347, 0x4f9a4d, 0x74ad4a].map(rgb));
  const stripes = Array.from({ length: 9 }, (_, k) => k)
    .filter((k) => k % 2 === 0)
    .map((k) => strip(camera, farEnd * (0.12 + 0.1 * k), farEnd * (0.22 + 0.1 * k)));
  const white = rgb(0xf6f6f0);
  return {
    isIndoor: false,
    backdrop: [
      ...drawSky(random, atmosphere, camera.width, camera.horizon),
      ...stand(random, camera, atmosphere),
      ground(camera, lighter(colour, 0.04), darker(colour, 0.08)),
      effect(stripes, darker(colour, 0.3), 0.25),
      effect(
        [
          ...paintedLine(camera, farEnd - 3),
          ...paintedLine(camera, camera.nearest + random.between(1, 4)),
          ...arc(camera, random.between(-6, 6), 15, 5),
        ],
        white,
        0.8,
      ),
    ],
  };
}

/** A hall with a wooden floor. */
export function basketballCourt(random: SceneRandom, camera: Camera, atmosphere: Atmosphere): Venue {
  const wood = random.pick([0xd9a066, 0xc98d56, 0xe0b27a].map(rgb));
  const key = random.pick([0x2f6fb7, 0xb9342f, 0x3f8f6b, 0x5a3a8c].map(rgb));
  const boards = Array.from({ length: 26 }, (_, k) => lane(camera, -26 + 2 * k, 0.03));
  const wall = mixed(random.pick([0x33405e, 0x5a3a4a, 0x2f4a4f].map(rgb)), atmosphere.haze, 0.12);
  const y = groundPoint(camera, 0, farEnd).y;
  return {
    isIndoor: true,
    backdrop: [
      shape(rectangle(-2, -2, camera.width + 4, y + 4), linear(darker(wall, 0.35), wall, 0, 0, 0, y)),
      ...floodlights(camera),
      ...stand(random, camera, atmosphere),
      ground(camera, darker(wood, 0.14), lighter(wood, 0.08)),
      effect(boards, darker(wood, 0.5), 0.3),
      effect([quad(camera, -2.6, 2.6, farEnd - 4, farEnd * 0.45)], key, 0.7),
      effect(
        [
          ...paintedLine(camera, farEnd - 4),
          ...paintedLine(camera, camera.nearest + 2),
          ...arc(camera, 0, farEnd * 0.5, 5),
        ],
        rgb(0xf6f3ea),
        0.85,
      ),
    ],
  };
}

/** Sand, sea and sky. */
export function beach(random: SceneRandom, camera: Camera, atmosphere: Atmosphere): Venue {
  const sand = random.pick([0xecd6a0, 0xe6c98f, 0xf1dfb4].map(rgb));
  const shore = groundPoint(camera, 0, farEnd).y;
  const sea = mixed(rgb(0x2f9ac0), atmosphere.horizon, 0.15);
  const waves = Array.from({ length: 4 }, (_, k) =>
    rectangle(-2, camera.horizon + ((shore - camera.horizon) * (k + 0.4)) / 4, camera.width + 4, 1.2),
  );
  const dimples = Array.from({ length: 60 }, () => {
    const distance = random.between(camera.nearest * 0.9, farEnd);
    const { x, y } = groundPoint(camera, random.between(-1, 1) * reachAt(camera, distance), distance);
    const size = (0.22 * camera.focal) / distance;
    return ellipse(x, y, size, size * 0.25);
  });
  return {
    isIndoor: false,
    backdrop: [
      ...drawSky(random, atmosphere, camera.width, camera.horizon),
      shape(
        rectangle(-2, camera.horizon - 1, camera.width + 4, shore - camera.horizon + 6),
        linear(darker(sea, 0.12), lighter(sea, 0.2), 0, camera.horizon, 0, shore),
      ),
      effect(waves, rgb(0xffffff), 0.4),
      ground(camera, darker(sand, 0.04), lighter(sand, 0.1)),
      effect(dimples, darker(sand, 0.35), 0.18),
    ],
  };
}

/** Red clay or a blue hard court with white lines. */
export function tennisCourt(random: SceneRandom, camera: Camera, atmosphere: Atmosphere): Venue {
  const colour = random.pick([0xc4673f, 0x3f74b0, 0x4f8f6b].map(rgb));
  return {
    isIndoor: false,
    backdrop: [
      ...drawSky(random, atmosphere, camera.width, camera.horizon),
      ...stand(random, camera, atmosphere),
      ground(camera, darker(colour, 0.12), lighter(colour, 0.06)),
      effect(
        [
          ...paintedLine(camera, farEnd - 8),
          ...paintedLine(camera, 13),
          ...paintedLine(camera, camera.nearest + 1),
          lane(camera, -7, 0.12),
          lane(camera, 7, 0.12),
          lane(camera, 0, 0.12),
        ],
        rgb(0xf6f6f0),
        0.85,
      ),
    ],
  };
}

function ground(camera: Camera, far: Colour, near: Colour): Shape {
  const y = groundPoint(camera, 0, farEnd).y;
  return shape(rectangle(-2, y, camera.width + 4, camera.height - y + 4), linear(far, near, 0, y, 0, camera.height));
}

/** Rows of seats with dabs of colour for those who watch: too small and too many to be labelled. */
function stand(random: SceneRandom, camera: Camera, atmosphere: Atmosphere): Shape[] {
  const base = groundPoint(camera, 0, farEnd).y;
  const top = Math.max(base * random.between(0.2, 0.5), 2);
  const concrete = mixed(rgb(0x7c8494), atmosphere.haze, 0.2);
  const rows = 9;
  const size = (base - top) / rows;
  const dabs = new Map<Colour, Ring[]>(
    [0xd8543a, 0x3f78b4, 0xf2d38a, 0xf4f1ea, 0x4a4f63, 0x6fa06a].map((hex): [Colour, Ring[]] => [rgb(hex), []]),
  );
  const palette = [...dabs.values()];
  for (let row = 0; row < rows; row++) {
    const y = top + (row + 0.5) * size;
    for (let x = -size; x < camera.width + size; x += size * 0.9) {
      if (random.chance(0.75))
        random.pick(palette).push(ellipse(x + random.between(-0.2, 0.2) * size, y, size * 0.28, size * 0.32));
    }
  }
  const board = random.pick([0x2f5f9f, 0xb9342f, 0x2f7a5c, 0x31384a].map(rgb));
  const panels = Array.from({ length: 9 }, (_, k) =>
    rectangle((k * camera.width) / 8 + size * 0.4, base - size * 0.86, camera.width / 14, size * 0.42),
  );
  return [
    shape(
      rectangle(-2, top, camera.width + 4, base - top + 4),
      linear(darker(concrete, 0.35), darker(concrete, 0.1), 0, top, 0, base),
    ),
    ...[...dabs].map(([colour, rings]) => effect(rings, colour, 0.5)),
    effect(
      Array.from({ length: rows }, (_, k) => rectangle(-2, top + (k + 0.9) * size, camera.width + 4, size * 0.16)),
      rgb(0x1c2030),
      0.4,
    ),
    shape(
      rectangle(-2, base - size * 1.25, camera.width + 4, size * 1.3),
      linear(lighter(board, 0.12), darker(board, 0.15), 0, base - size, 0, base),
    ),
    effect(panels, rgb(0xffffff), 0.28),
  ];
}

function floodlights({ width, horizon }: Camera): Shape[] {
  return [0.15, 0.38, 0.62, 0.85].flatMap((share) => {
    const [x, y, size] = [width * share, horizon * 0.08, horizon * 0.3];
    const light = rgb(0xfff2cc);
    return [
      shape(
        ellipse(x, y, size),
        { kind: 'radial', from: light, to: light, circle: [x, y, size], fades: true },
        { alpha: 0.5, role: 'effect', isLit: true },
      ),
      shape(rectangle(x - size * 0.3, y - size * 0.06, size * 0.6, size * 0.12), rgb(0xfffbe8), { isLit: true }),
    ];
  });
}

function strip(camera: Camera, near: number, far: number): Ring {
  const [top, bottom] = [groundPoint(camera, 0, far).y, groundPoint(camera, 0, near).y];
  return rectangle(-2, top, camera.width + 4, bottom - top);
}

function paintedLine(camera: Camera, distance: number): Ring[] {
  return [strip(camera, distance - 0.07, distance + 0.07)];
}

function quad(camera: Camera, left: number, right: number, far: number, near: number): Ring {
  const corner = (aside: number, distance: number): [number, number] => {
    const { x, y } = groundPoint(camera, aside, distance);
    return [x, y];
  };
  return polygon(corner(left, far), corner(right, far), corner(right, near), corner(left, near));
}

/** A line towards the viewer. */
function lane(camera: Camera, aside: number, width: number): Ring {
  return quad(camera, aside - width / 2, aside + width / 2, farEnd, camera.nearest * 0.7);
}

/** A circle on the ground. */
function arc(camera: Camera, aside: number, distance: number, radius: number): Ring[] {
  const points = Array.from({ length: 65 }, (_, k): [number, number] => {
    const angle = (2 * Math.PI * k) / 64;
    const { x, y } = groundPoint(
      camera,
      aside + radius * Math.cos(angle),
      Math.max(distance + radius * Math.sin(angle), camera.nearest * 0.7),
    );
    return [x, y];
  });
  return stroke(Math.max(1, (0.1 * camera.focal) / distance), ...points);
}
